import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client, dataOf } from './http/client';
import { runKeys } from './runs';

/** How many records a download has, and about how large it is. `query` is that of the download. */
export function estimateQuery(id: string, query: string) {
  return queryOptions({
    queryKey: [...runKeys.one(id), 'estimate', query],
    queryFn: ({ signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/results/estimate', {
          params: { path: { id } },
          // The query is the one of the link, letter for letter.
          querySerializer: () => query,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
