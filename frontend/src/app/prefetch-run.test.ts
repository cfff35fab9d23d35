import { QueryClient } from '@tanstack/react-query';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { runQuery } from '@/api/runs';
import { aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { prefetchRun } from './prefetch-run';

test('prefetches the run of an address once, and only for addresses of runs', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/runs/:id', ({ params }) => {
      asked.push(String(params.id));
      return HttpResponse.json(aRun({ id: 'r1' }));
    }),
  );
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 2000 } } });

  prefetchRun(queryClient, '/runs');
  prefetchRun(queryClient, '/runs/r1/records');

  expect((await queryClient.fetchQuery(runQuery('r1'))).id).toBe('r1');
  expect(asked).toEqual(['r1']);
});
