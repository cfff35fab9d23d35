import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isFinal } from '@/lib/states';
import { client, dataOf, exactDataOf, textOf } from './http/client';
import { pagedListOptions } from './paged-list';
import { batchPollInterval, recordPollInterval, runListPollInterval, runPollInterval } from './polling';
import type { paths as ApiPaths } from './schema';
import type { FoundRecords, RecordStatus, RunRecord, StageName, Window } from './types';

export type RunListFilter = NonNullable<ApiPaths['/api/v1/runs']['get']['parameters']['query']>;

export const runKeys = {
  all: ['runs'] as const,
  lists: () => [...runKeys.all, 'list'] as const,
  list: (filter: RunListFilter) => [...runKeys.lists(), filter] as const,
  totals: (filter: RunListFilter) => [...runKeys.lists(), 'totals', filter] as const,
  one: (id: string) => [...runKeys.all, id] as const,
  batches: (id: string, window: { offset: number; limit: number }, final: boolean) =>
    [...runKeys.one(id), 'batches', window, final] as const,
  batch: (id: string, number: number) => [...runKeys.one(id), 'batch', number] as const,
  log: (id: string, number: number) => [...runKeys.batch(id, number), 'log'] as const,
  attempts: (id: string, number: number) => [...runKeys.batch(id, number), 'attempts'] as const,
  runAttempts: (id: string, retries: number) => [...runKeys.one(id), 'attempts', retries] as const,
  stepsOfAttempt: (id: string, number: number) => [...runKeys.one(id), 'attempts', 'steps', number] as const,
  records: (id: string, window: RecordWindow, final: boolean) =>
    [...runKeys.one(id), 'records', window, final] as const,
  found: (id: string, search: RecordSearch, final: boolean) =>
    [...runKeys.one(id), 'found', search, final] as const,
  comparison: (id: string, other: string, field?: string) =>
    [...runKeys.one(id), 'comparison', other, field] as const,
  failures: (id: string, final: boolean) => [...runKeys.one(id), 'failures', final] as const,
};

/** The records of a list; with `sortBy` those of any filter, otherwise of a state. */
export type RecordsWhere = Omit<RecordSearch, 'limit'> & { sortBy?: string; order?: 'asc' | 'desc' };

export type RecordWindow = { offset: number; limit: number } & RecordsWhere;

/** A search for records; `limit` is the maximum number per answer. */
export type RecordSearch = {
  limit: number;
  status?: RecordStatus;
  step?: string;
  stage?: StageName;
  error?: string;
  cause?: string;
  reason?: string;
  q?: string;
};

export function runsQuery(filter: RunListFilter) {
  return queryOptions({
    queryKey: runKeys.list(filter),
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/runs', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => runListPollInterval(state.data?.items ?? []),
  });
}

/** Sums over the runs that a filter finds. */
export function runTotalsQuery({ sort, limit, cursor, ...filter }: RunListFilter) {
  return queryOptions({
    queryKey: runKeys.totals(filter),
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/runs/totals', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.active ?? 0) > 0 ? 5000 : false),
  });
}

export function deleteRun(id: string) {
  return textOf(client.DELETE('/api/v1/runs/{id}', { params: { path: { id } } }));
}

/** The newest runs of a dataset. */
export function runsOfDatasetQuery(dataset: string, limit: number) {
  return queryOptions({
    queryKey: [...runKeys.lists(), 'dataset', dataset, limit],
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/runs', { params: { query: { dataset, limit } }, signal })),
    staleTime: 0,
    refetchInterval: ({ state }) => runListPollInterval(state.data?.items ?? []),
  });
}

/** All runs, newest first, `limit` per request. */
export function runPagesQuery(limit: number) {
  return pagedListOptions([...runKeys.lists(), 'pages', limit], (cursor, signal) =>
    dataOf(
      client.GET('/api/v1/runs', { params: { query: { limit, ...(cursor ? { cursor } : {}) } }, signal }),
    ),
  );
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: runKeys.one(id),
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data === undefined ? false : runPollInterval(state.data)),
    // The title of the browser tab shows the progress, also while the tab is in the background.
    refetchIntervalInBackground: true,
  });
}

/**
 * A window of batches. Polls while one of them can change. `final` says that the run has ended; it is part of the key,
 * so that the final state is always fetched.
 */
export function batchesQuery(id: string, window: { offset: number; limit: number }, final: boolean) {
  return queryOptions({
    queryKey: runKeys.batches(id, window, final),
    queryFn: ({ signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/batches', {
          params: { path: { id }, query: window },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data === undefined ? false : batchPollInterval(state.data.items)),
  });
}

export function batchQuery(id: string, number: number) {
  return queryOptions({
    queryKey: runKeys.batch(id, number),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/runs/{id}/batches/{number}', { params: { path: { id, number } }, signal })),
    refetchInterval: ({ state }) => (state.data && !isFinal(state.data.status) ? 1000 : false),
  });
}

/** The attempts at a run, the newest first; the counts of those that are over do not change. */
export function runAttemptsQuery(id: string, retries: number) {
  return queryOptions({
    queryKey: runKeys.runAttempts(id, retries),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/runs/{id}/attempts', { params: { path: { id } }, signal })),
  });
}

/** The steps with their scripts that an attempt at a run had. */
export function stepsOfAttemptQuery(id: string, number: number) {
  return queryOptions({
    queryKey: runKeys.stepsOfAttempt(id, number),
    queryFn: ({ signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/attempts/{number}/steps', { params: { path: { id, number } }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The attempts at a batch, oldest first. */
export function attemptsQuery(id: string, number: number) {
  return queryOptions({
    queryKey: runKeys.attempts(id, number),
    queryFn: ({ signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/batches/{number}/attempts', {
          params: { path: { id, number } },
          signal,
        }),
      ),
  });
}

/** The output of the scripts of a batch; empty when they printed nothing. */
export function batchLogQuery(id: string, number: number) {
  return queryOptions({
    queryKey: runKeys.log(id, number),
    queryFn: ({ signal }) =>
      textOf(
        client.GET('/api/v1/runs/{id}/batches/{number}/log', {
          params: { path: { id, number } },
          parseAs: 'text',
          signal,
        }),
      ),
  });
}

/**
 * A window of records. `final` says that the run has ended; it is part of the key, so that the final state is always
 * fetched.
 */
export function recordsQuery(id: string, window: RecordWindow, final: boolean) {
  return queryOptions({
    queryKey: runKeys.records(id, window, final),
    queryFn: ({ signal }) => fetchRecords<Window<RunRecord>>(id, window, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      final || state.data === undefined ? false : recordPollInterval(state.data),
  });
}

/** The records that a search finds. Each page covers a part of the run and says where the next one begins. */
export function foundRecordsQuery(id: string, search: RecordSearch, final: boolean) {
  return infiniteQueryOptions({
    queryKey: runKeys.found(id, search, final),
    queryFn: ({ pageParam, signal }) =>
      fetchRecords<FoundRecords>(id, { ...search, from: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextFrom,
    // While the run is active, a search with few pages is repeated.
    refetchInterval: ({ state }) => (final || (state.data?.pages.length ?? 0) > 2 ? false : 2000),
  });
}

function fetchRecords<Answer>(
  id: string,
  query: RecordWindow | (RecordSearch & { from: number }),
  signal: AbortSignal,
): Promise<Answer> {
  return exactDataOf<Answer>(
    client.GET('/api/v1/runs/{id}/records', { params: { path: { id }, query }, parseAs: 'text', signal }),
  );
}

export function failuresQuery(id: string, final: boolean) {
  return queryOptions({
    queryKey: runKeys.failures(id, final),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/runs/{id}/failures', { params: { path: { id } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: final ? false : 2000,
  });
}

/** Compares the records of two runs. Each page covers a part of them and says where the next one begins. */
export function comparisonQuery(id: string, other: string, field?: string) {
  return infiniteQueryOptions({
    queryKey: runKeys.comparison(id, other, field),
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        client.GET('/api/v1/runs/{id}/comparison', {
          params: {
            path: { id },
            query: { with: other, from: pageParam, ...(field === undefined ? {} : { field }) },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (answer) => answer.nextFrom,
  });
}
