import { fetchDatasetRecords } from '@/api/datasets';
import type { RunRecord } from '@/api/types';
import type { JsonObject } from '@/lib/values/exact-json';
import { totalMilliseconds } from '@/lib/values/record';
import { maxTrialRecords } from '../draft/record-indexes';

export type TrialChoice =
  | { kind: 'first'; count: number }
  | { kind: 'random'; count: number }
  | { kind: 'chosen'; indexes: number[] }
  | { kind: 'samples' };

/** The indexes that a choice selects from `total` records, in ascending order. */
export function chosenIndexes(
  choice: Exclude<TrialChoice, { kind: 'samples' }>,
  total: number,
  random: () => number = Math.random,
): number[] {
  if (choice.kind === 'chosen') {
    return choice.indexes.filter((index) => index < total);
  }
  const count = Math.min(choice.count, total, maxTrialRecords);
  if (choice.kind === 'first') {
    return Array.from({ length: count }, (_, index) => index);
  }
  const indexes = new Set<number>();
  while (indexes.size < count) {
    indexes.add(Math.floor(random() * total));
  }
  return [...indexes].sort((left, right) => left - right);
}

/** Estimates the script time for all records, and a batch size that takes about a second. */
export function estimate(records: RunRecord[], total: number) {
  const measured = records.filter((record) => record.stages.length > 0);
  if (measured.length === 0) {
    return undefined;
  }
  const each = measured.reduce((sum, record) => sum + totalMilliseconds(record), 0) / measured.length;
  return { allMilliseconds: each * total, batchSize: roundedBatchSize(1000 / Math.max(each, 1e-3), total) };
}

const roundSizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** The largest round size that is at most the target and leaves at least eight batches. */
function roundedBatchSize(target: number, total: number): number {
  const limit = Math.max(1, Math.min(target, total / 8));
  return roundSizes.findLast((size) => size <= limit) ?? 1;
}

/** The records at the given indexes, in that order; adjacent records are fetched together. */
export async function recordsAt(
  datasetId: string,
  indexes: number[],
  signal: AbortSignal,
): Promise<JsonObject[]> {
  const windows = neighbours(indexes).map(({ offset, limit }) =>
    fetchDatasetRecords(datasetId, offset, limit, signal),
  );
  return (await Promise.all(windows)).flatMap((page) => page.items);
}

/** Groups ascending indexes into windows without gaps. */
export function neighbours(indexes: number[]): { offset: number; limit: number }[] {
  const windows: { offset: number; limit: number }[] = [];
  for (const index of indexes) {
    const open = windows.at(-1);
    if (open !== undefined && open.offset + open.limit === index) {
      open.limit += 1;
    } else {
      windows.push({ offset: index, limit: 1 });
    }
  }
  return windows;
}
