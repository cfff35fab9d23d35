import { expect, test } from 'vitest';
import { aBatch, aRun } from '@/testing/builders';
import { elapsedMilliseconds, groupBatches, percentDone, recordParts, tabTitle, timeLeft } from './run-parts';

test('the parts of a run are its total', () => {
  const { records } = aRun();

  const sum = recordParts(records).reduce((total, part) => total + part.count, 0);

  expect(sum).toBe(records.total);
  expect(percentDone(records)).toBe(43);
});

test('the title tells the percentage while it runs and the state after', () => {
  expect(tabTitle(aRun())).toBe('43% · capitals · Data Pipeline');
  expect(tabTitle(aRun({ status: 'PARTIAL' }))).toBe('Partial · capitals · Data Pipeline');
});

test('says how long is left only while somebody can say', () => {
  expect(timeLeft(aRun({ etaSeconds: 14.2 }))).toBe('About 14 s left');
  expect(timeLeft(aRun({ etaSeconds: 0.1 }))).toBe('About 1 s left');
  expect(timeLeft(aRun({ etaSeconds: null }))).toBeUndefined();
  expect(timeLeft(aRun({ status: 'SUCCEEDED', etaSeconds: 0 }))).toBeUndefined();
});

test('measures to the end, or to now', () => {
  const run = aRun({ startedAt: '2026-03-01T10:00:00Z' });

  expect(elapsedMilliseconds(run, Date.parse('2026-03-01T10:00:05Z'))).toBe(5000);
  expect(elapsedMilliseconds({ ...run, finishedAt: '2026-03-01T10:00:02Z' }, 0)).toBe(2000);
  expect(elapsedMilliseconds(aRun({ startedAt: null }), 0)).toBeUndefined();
});

test('ten thousand batches are a thousand groups, none lost', () => {
  const batches = Array.from({ length: 10_000 }, (_, number) => aBatch({ number }));

  const groups = groupBatches(batches, 1000);

  expect(groups).toHaveLength(1000);
  expect(groups[0]).toMatchObject({ first: 0, last: 9 });
  expect(groups.at(-1)).toMatchObject({ first: 9990, last: 9999 });
});

test('a group shows what should be looked at first', () => {
  const batches = [
    aBatch({ number: 0 }),
    aBatch({ number: 1, status: 'FAILED', failed: 3 }),
    aBatch({ number: 2, status: 'RUNNING' }),
    aBatch({ number: 3 }),
  ];

  expect(groupBatches(batches, 1)).toEqual([{ first: 0, last: 3, state: 'RUNNING', failedRecords: 3 }]);
});
