const maxBytesAtOnce = 2_000_000;

/** How many records to request at once: `most`, or fewer if they are so large that the answer would be slow. */
export function windowSize(most: number, dataset: { bytes: number; records: number }): number {
  const bytesEach = dataset.bytes / Math.max(1, dataset.records);
  return Math.max(1, Math.min(most, Math.floor(maxBytesAtOnce / Math.max(1, bytesEach))));
}
