import type { Batch } from '@/api/types';

/**
 * Records per second in `bars` equal slices of time between the first start and the last end. The records of a batch
 * are spread evenly over the time it ran. Empty when no batch has ended.
 */
export function recordsPerSecondOverTime(batches: Batch[], bars: number): number[] {
  const ended = batches.flatMap((batch) =>
    batch.startedAt && batch.finishedAt
      ? [{ start: Date.parse(batch.startedAt), end: Date.parse(batch.finishedAt), records: batch.records }]
      : [],
  );
  if (ended.length === 0) {
    return [];
  }
  const first = ended.reduce((least, batch) => Math.min(least, batch.start), Number.POSITIVE_INFINITY);
  const last = ended.reduce((most, batch) => Math.max(most, batch.end), 0);
  const slice = Math.max(1, last - first) / bars;
  const records = new Array<number>(bars).fill(0);
  for (const batch of ended) {
    spread(records, (batch.start - first) / slice, (batch.end - first) / slice, batch.records);
  }
  return records.map((count) => (count / slice) * 1000);
}

/** Adds `amount` evenly to the slices between `from` and `to`, both counted in slices. */
function spread(slices: number[], from: number, to: number, amount: number) {
  const length = Math.max(to - from, 1e-9);
  const lastSlice = slices.length - 1;
  for (let at = Math.min(Math.floor(from), lastSlice); at <= Math.min(Math.floor(to), lastSlice); at += 1) {
    const within = Math.min(to, at + 1) - Math.max(from, at);
    slices[at] = (slices[at] ?? 0) + (to === from ? amount : (amount * Math.max(0, within)) / length);
  }
}
