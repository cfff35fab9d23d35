import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, dataOf } from './http/client';
import { runKeys } from './runs';

/** Names a group of records: the id of a cause of failure, or of a reason for skipping. */
export type GroupName = { cause: string } | { reason: string };

/** The skipped records by reason. Each page covers a part of the run and says where the next one begins. */
export function skipsQuery(id: string, final: boolean) {
  return infiniteQueryOptions({
    queryKey: [...runKeys.one(id), 'skips', final],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/skips', {
          params: { path: { id }, query: { from: pageParam } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextFrom,
    refetchInterval: ({ state }) => (final || (state.data?.pages.length ?? 0) > 1 ? false : 2000),
  });
}

/** What the records of a group have in common. The service reads two samples of the run for it, so it is asked once. */
export function correlationsQuery(id: string, group: GroupName) {
  return queryOptions({
    queryKey: [...runKeys.one(id), 'correlations', group],
    queryFn: ({ signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/correlations', { params: { path: { id }, query: group }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
