import { expect, test } from 'vitest';
import type { Attempt } from '@/api/types';
import { attemptSpans } from './attempt-spans';

const start = Date.parse('2026-03-01T10:00:00Z');

function anAttempt(from?: number, to?: number): Attempt {
  const moment = (second?: number) =>
    second === undefined ? null : new Date(start + second * 1000).toISOString();
  return {
    attempt: 1,
    outcome: 'SUCCEEDED',
    startedAt: moment(from),
    finishedAt: moment(to),
    succeeded: 0,
    failed: 0,
    skipped: 0,
  };
}

test('places attempts in time, with the pauses between them', () => {
  expect(attemptSpans([anAttempt(0, 2), anAttempt(6, 8)], start)).toEqual([
    { start: 0, length: 0.25 },
    { start: 0.75, length: 0.25 },
  ]);
});

test('a running attempt ends now', () => {
  expect(attemptSpans([anAttempt(0, 1), anAttempt(2)], start + 4000)[1]).toEqual({ start: 0.5, length: 0.5 });
});

test('an attempt that never started has no span', () => {
  expect(attemptSpans([anAttempt(), anAttempt(1, 2)], start)).toEqual([undefined, { start: 0, length: 1 }]);
});

test('attempts that took no time are at the start', () => {
  expect(attemptSpans([anAttempt(3, 3)], start)).toEqual([{ start: 0, length: 0 }]);
});

test('a browser clock that is behind makes no negative length', () => {
  expect(attemptSpans([anAttempt(5)], start)).toEqual([{ start: 0, length: 0 }]);
});
