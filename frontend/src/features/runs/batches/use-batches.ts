import { useQueries } from '@tanstack/react-query';
import { batchesQuery } from '@/api/runs';
import type { Batch, Run } from '@/api/types';
import { isFinal } from '@/lib/states';

const batchesPerQuery = 1000;

/** Above this number, batches are not fetched; the counts of the run are shown instead. */
export const maxBatchesShown = 20_000;

/** All batches of a run in order, a thousand per request. Only requests with unfinished batches are repeated. */
export function useBatches(run: Run): { batches: Batch[]; error: Error | null; loaded: boolean } {
  const windows = Math.ceil(Math.min(run.batches.total, maxBatchesShown) / batchesPerQuery);
  return useQueries({
    queries: Array.from({ length: windows }, (_, at) =>
      batchesQuery(run.id, { offset: at * batchesPerQuery, limit: batchesPerQuery }, isFinal(run.status)),
    ),
    combine: (results) => ({
      batches: results.flatMap((result) => result.data?.items ?? []),
      error: results.find((result) => result.error !== null)?.error ?? null,
      loaded: results.every((result) => result.data !== undefined),
    }),
  });
}
