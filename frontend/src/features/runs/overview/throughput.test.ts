import { expect, test } from 'vitest';
import { aBatch } from '@/testing/builders';
import { recordsPerSecondOverTime } from './throughput';

test('spreads the records of a batch over the time it ran', () => {
  const batches = [
    aBatch({ startedAt: '2026-03-01T10:00:00Z', finishedAt: '2026-03-01T10:00:02Z', records: 100 }),
    aBatch({ startedAt: '2026-03-01T10:00:02Z', finishedAt: '2026-03-01T10:00:04Z', records: 300 }),
  ];

  expect(recordsPerSecondOverTime(batches, 4)).toEqual([50, 50, 150, 150]);
});

test('counts the records of batches that took no time', () => {
  const moment = '2026-03-01T10:00:00Z';
  const batch = aBatch({ startedAt: moment, finishedAt: moment, records: 10 });

  const [rate] = recordsPerSecondOverTime([batch, batch], 1);

  expect(rate).toBe(20_000);
});

test('is empty before a batch has ended', () => {
  expect(recordsPerSecondOverTime([aBatch({ finishedAt: null })], 10)).toEqual([]);
});
