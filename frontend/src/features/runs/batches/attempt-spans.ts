import type { Attempt } from '@/api/types';

/** The start and the length, both as fractions of the whole. */
export type Span = { start: number; length: number };

/**
 * The span of each attempt between the first start and the last end. An attempt that is running ends at `now`, in
 * milliseconds.
 */
export function attemptSpans(attempts: Attempt[], now: number): (Span | undefined)[] {
  const times = attempts.map(({ startedAt, finishedAt }) =>
    startedAt ? { start: Date.parse(startedAt), end: finishedAt ? Date.parse(finishedAt) : now } : undefined,
  );
  const known = times.filter((time) => time !== undefined);
  const first = Math.min(...known.map(({ start }) => start));
  const whole = Math.max(1, ...known.map(({ end }) => end - first));
  return times.map(
    (time) =>
      time && { start: (time.start - first) / whole, length: Math.max(0, time.end - time.start) / whole },
  );
}
