import type { Batch } from '@/api/types';

/** How many records failed in each of up to `bars` parts of the input, in its order. Each part is some whole batches. */
export function failuresOverInput(batches: Batch[], bars: number): number[] {
  const size = Math.max(1, Math.ceil(batches.length / bars));
  return Array.from({ length: Math.ceil(batches.length / size) }, (_, at) =>
    batches.slice(at * size, (at + 1) * size).reduce((sum, batch) => sum + batch.failed, 0),
  );
}
