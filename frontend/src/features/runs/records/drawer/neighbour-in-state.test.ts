import { QueryClient } from '@tanstack/react-query';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aRecord, aWindow } from '@/testing/builders';
import { server } from '@/testing/server';
import { neighbourInState } from './neighbour-in-state';

const failed = [3, 17, 58, 59, 4000];
const selection = { runId: 'r1', status: 'FAILED', final: true } as const;

function serveFailed(indexes: number[]) {
  server.use(
    http.get('*/api/v1/runs/r1/records', ({ request }) => {
      const query = new URL(request.url).searchParams;
      const offset = Number(query.get('offset'));
      const items = indexes.slice(offset, offset + 1).map((index) => aRecord({ index, status: 'FAILED' }));
      return HttpResponse.json(aWindow(items, { offset, limit: 1, total: indexes.length }));
    }),
  );
}

test.each([
  [0, 1, 3],
  [3, 1, 17],
  [20, 1, 58],
  [4000, 1, undefined],
  [4000, -1, 59],
  [20, -1, 17],
  [3, -1, undefined],
] as const)('from record %s in direction %s finds %s', async (from, direction, expected) => {
  serveFailed(failed);

  expect(await neighbourInState(new QueryClient(), selection, from, direction)).toBe(expected);
});

test('finds nothing when no record failed', async () => {
  serveFailed([]);

  expect(await neighbourInState(new QueryClient(), selection, 0, 1)).toBeUndefined();
});
