import type { Attempt } from '@/api/types';

/** Where something begins and how long it takes, both as shares of the whole. */
export type Span = { start: number; length: number };

/** Where each attempt lies between the first start and the last end, which for one at work is `now`, in milliseconds. */
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
