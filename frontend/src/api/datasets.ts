import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { JsonObject } from '@/lib/values/exact-json';
import { client, dataOf, exactDataOf, textOf } from './http/client';
import { pagedListOptions } from './paged-list';
import type { Window } from './types';

export const datasetKeys = {
  all: ['datasets'] as const,
  list: () => [...datasetKeys.all, 'list'] as const,
  pages: (limit: number) => [...datasetKeys.list(), limit] as const,
  one: (id: string) => [...datasetKeys.all, id] as const,
  records: (id: string, offset: number, limit: number) =>
    [...datasetKeys.one(id), 'records', offset, limit] as const,
};

/** All datasets, newest first, `limit` per request. */
export function datasetsQuery(limit = 100) {
  return pagedListOptions(datasetKeys.pages(limit), (cursor, signal) =>
    dataOf(
      client.GET('/api/v1/datasets', { params: { query: { limit, ...(cursor ? { cursor } : {}) } }, signal }),
    ),
  );
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
