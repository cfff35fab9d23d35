import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { useRetryRun, useSubmitRun } from './run-changes';
import { runKeys } from './runs';

const run = aRun({ id: 'r1' });
const body = { datasetId: 'd1' };

function withQueries() {
  const queryClient = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always' } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  return { queryClient, wrapper };
}

/** Answers submits one after another and records the idempotency keys. */
function serveSubmits(...answers: (() => Response)[]): (string | null)[] {
  const keys: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/runs', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return answers[keys.length - 1]?.() ?? HttpResponse.json(run, { status: 202 });
    }),
  );
  return keys;
}

test('a submit whose answer was lost is repeated with the same idempotency key', async () => {
  const keys = serveSubmits(() => HttpResponse.error());
  const onSubmitted = vi.fn();
  const { result } = renderHook(() => useSubmitRun(onSubmitted), withQueries());

  act(() => result.current.mutate(body));
  await waitFor(() => expect(result.current.isError).toBe(true));
  act(() => result.current.mutate(body));
  await waitFor(() => expect(onSubmitted).toHaveBeenCalledExactlyOnceWith(run));

  expect(keys[0]).toMatch(/^\d+-/);
  expect(keys[1]).toBe(keys[0]);
});

test('a submit after a rejected one has a new idempotency key', async () => {
  const keys = serveSubmits(() =>
    HttpResponse.json({ type: 'about:blank', status: 422, title: 'Invalid' }, { status: 422 }),
  );
  const { result } = renderHook(() => useSubmitRun(() => undefined), withQueries());

  act(() => result.current.mutate(body));
  await waitFor(() => expect(result.current.isError).toBe(true));
  act(() => result.current.mutate(body));
  await waitFor(() => expect(keys).toHaveLength(2));

  expect(keys[1]).not.toBe(keys[0]);
});

test('a retry replaces the cached run and makes the rest of it stale', async () => {
  server.use(http.post('*/api/v1/runs/:id/retry', () => HttpResponse.json(run, { status: 202 })));
  const { queryClient, wrapper } = withQueries();
  queryClient.setQueryData(runKeys.one('r1'), aRun({ id: 'r1', status: 'FAILED' }));
  queryClient.setQueryData(runKeys.failures('r1', true), { items: [], total: 0 });
  const { result } = renderHook(() => useRetryRun('r1'), { wrapper });

  act(() => result.current.mutate({}));
  await waitFor(() => expect(result.current.isSuccess).toBe(true));

  expect(queryClient.getQueryData(runKeys.one('r1'))).toEqual(run);
  expect(queryClient.getQueryState(runKeys.failures('r1', true))?.isInvalidated).toBe(true);
});
