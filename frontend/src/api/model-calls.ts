import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import { ProblemError } from '@/lib/problems/problem';
import { client, dataOf } from './http/client';
import { runKeys } from './runs';
import type { ModelCall, Upstreams } from './types';

export type CallStatus = ModelCall['status'];

/** Which calls of a run are listed; missing fields filter nothing. */
export type CallFilter = { record?: number; status?: CallStatus };

const callKeys = {
  sums: (id: string) => [...runKeys.one(id), 'model-calls'] as const,
  list: (id: string, filter: CallFilter, limit: number) => [...callKeys.sums(id), filter, limit] as const,
};

/** What a service without model calls has. */
export const noUpstreams: Upstreams = {
  items: [],
  runBudget: '0',
  trialBudget: '0',
  defaultMaxOutputTokens: 0,
};

/**
 * The upstreams that scripts may call. There are none where the service does not know of model calls, so that the page
 * offers nothing that it could not do.
 */
export function upstreamsQuery() {
  return queryOptions({
    queryKey: ['upstreams'],
    queryFn: async ({ signal }): Promise<Upstreams> => {
      try {
        return await dataOf(client.GET('/api/v1/llm/upstreams', { signal }));
      } catch (failure) {
        if (failure instanceof ProblemError && failure.problem.status === 404) {
          return noUpstreams;
        }
        throw failure;
      }
    },
    staleTime: 60_000,
  });
}

/** Asks an upstream whether it is there and accepts the key. */
export function useUpstreamCheck(name: string) {
  return useMutation({
    mutationFn: () =>
      dataOf(client.POST('/api/v1/llm/upstreams/{name}/check', { params: { path: { name } } })),
  });
}

const pollMilliseconds = 2000;

/** The calls of a run by stage and model, and those that stand out. `active` says that there may be more of them. */
export function callSumsQuery(id: string, active: boolean) {
  return queryOptions({
    queryKey: [...callKeys.sums(id), active],
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/runs/{id}/llm', { params: { path: { id } }, signal })),
    refetchInterval: active ? pollMilliseconds : false,
  });
}

/** The sums of the calls of one batch; null where it has made none. */
export function callsOfBatchQuery(id: string, batch: number, active: boolean) {
  return queryOptions({
    queryKey: [...callKeys.sums(id), 'batch', batch, active],
    queryFn: async ({ signal }) => {
      const query = { offset: batch, limit: 1 };
      const page = await dataOf(
        client.GET('/api/v1/runs/{id}/llm/batches', { params: { path: { id }, query }, signal }),
      );
      return page.items[0] ?? null;
    },
    refetchInterval: active ? pollMilliseconds : false,
  });
}

/** The calls of a run, newest first, `limit` per request. Repeated while it is active and few pages are shown. */
export function callsQuery(id: string, filter: CallFilter, limit: number, active: boolean) {
  return infiniteQueryOptions({
    queryKey: [...callKeys.list(id, filter, limit), active],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/llm/calls', {
          params: { path: { id }, query: { ...filter, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      active && (state.data?.pages.length ?? 0) <= 1 ? pollMilliseconds : false,
  });
}
