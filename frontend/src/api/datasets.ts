import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { JsonObject } from '@/lib/values/exact-json';
import { client, dataOf, exactDataOf, textOf } from './http/client';
import { pagedListOptions } from './paged-list';
import type { paths as ApiPaths } from './schema';
import type { Window } from './types';

export type DatasetFilter = NonNullable<ApiPaths['/api/v1/datasets']['get']['parameters']['query']>;

export const datasetKeys = {
  all: ['datasets'] as const,
  list: () => [...datasetKeys.all, 'list'] as const,
  pages: (filter: DatasetFilter) => [...datasetKeys.list(), filter] as const,
  totals: (filter: DatasetFilter) => [...datasetKeys.list(), 'totals', filter] as const,
  one: (id: string) => [...datasetKeys.all, id] as const,
  records: (id: string, offset: number, limit: number) =>
    [...datasetKeys.one(id), 'records', offset, limit] as const,
};

/** The datasets that a filter finds, `limit` per request. */
export function datasetsQuery({ limit = 100, ...filter }: DatasetFilter = {}) {
  return pagedListOptions(datasetKeys.pages({ ...filter, limit }), (cursor, signal) =>
    dataOf(
      client.GET('/api/v1/datasets', {
        params: { query: { ...filter, limit, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

const mostWithSameContent = 6;

/** The other datasets with the content of a dataset, oldest first; of many only some. */
export function useSameContent({ id, sha256 }: { id: string; sha256: string }) {
  const { data = [] } = useInfiniteQuery(
    datasetsQuery({ sha256, sort: 'OLDEST', limit: mostWithSameContent + 1 }),
  );
  return data.filter((dataset) => dataset.id !== id);
}

export function datasetTotalsQuery({ sort, limit, cursor, ...filter }: DatasetFilter) {
  return queryOptions({
    queryKey: datasetKeys.totals(filter),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/datasets/totals', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function datasetQuery(id: string) {
  return queryOptions({
    queryKey: datasetKeys.one(id),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/datasets/{id}', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function datasetRecordsQuery(id: string, offset: number, limit: number) {
  return queryOptions({
    queryKey: datasetKeys.records(id, offset, limit),
    queryFn: ({ signal }) => fetchDatasetRecords(id, offset, limit, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** A window of the records of a dataset, with every digit of their numbers. */
export function fetchDatasetRecords(id: string, offset: number, limit: number, signal: AbortSignal) {
  return exactDataOf<Window<JsonObject>>(
    client.GET('/api/v1/datasets/{id}/records', {
      params: { path: { id }, query: { offset, limit } },
      parseAs: 'text',
      signal,
    }),
  );
}

export function deleteDataset(id: string) {
  return textOf(client.DELETE('/api/v1/datasets/{id}', { params: { path: { id } } }));
}

export function useDeleteDataset(id: string, onDeleted: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => deleteDataset(id),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: datasetKeys.one(id) });
      queryClient.invalidateQueries({ queryKey: datasetKeys.list() });
      onDeleted();
    },
  });
}
