import { expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { elapsedMilliseconds, percentDone, recordParts, tabTitle, timeLeft } from './run-progress';

test('the counts of a run add up to its total', () => {
  const { records } = aRun();

  const sum = recordParts(records).reduce((total, part) => total + part.count, 0);

  expect(sum).toBe(records.total);
  expect(percentDone(records)).toBe(43);
});

test('the title shows the percentage of an active run and the state of a final one', () => {
  expect(tabTitle(aRun())).toBe('43% · capitals · Data Pipeline');
  expect(tabTitle(aRun({ status: 'PARTIAL' }))).toBe('Partial · capitals · Data Pipeline');
});

test('shows the time left only when there is an estimate', () => {
  expect(timeLeft(aRun({ etaSeconds: 14.2 }))).toBe('About 14 s left');
  expect(timeLeft(aRun({ etaSeconds: 0.1 }))).toBe('About 1 s left');
  expect(timeLeft(aRun({ etaSeconds: null }))).toBeUndefined();
  expect(timeLeft(aRun({ status: 'SUCCEEDED', etaSeconds: 0 }))).toBeUndefined();
});

test('measures until the end, or until now', () => {
  const run = aRun({ startedAt: '2026-03-01T10:00:00Z' });

  expect(elapsedMilliseconds(run, Date.parse('2026-03-01T10:00:05Z'))).toBe(5000);
  expect(elapsedMilliseconds({ ...run, finishedAt: '2026-03-01T10:00:02Z' }, 0)).toBe(2000);
  expect(elapsedMilliseconds(aRun({ startedAt: null }), 0)).toBeUndefined();
});

test('does not count the pauses of a run', () => {
  const startedAt = '2026-03-01T10:00:00Z';
  const paused = aRun({ status: 'PAUSED', startedAt, pausedAt: '2026-03-01T10:00:04Z' });
  const resumed = { ...paused, resumedAt: '2026-03-01T11:00:04Z', pausedSeconds: 3600 };

  expect(elapsedMilliseconds(paused, Date.parse('2026-03-01T10:30:00Z'))).toBe(4000);
  expect(elapsedMilliseconds(resumed, Date.parse('2026-03-01T11:00:05Z'))).toBe(5000);
  expect(elapsedMilliseconds({ ...resumed, finishedAt: '2026-03-01T11:00:06Z' }, 0)).toBe(6000);
});
