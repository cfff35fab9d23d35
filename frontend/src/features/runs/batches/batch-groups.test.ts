import { expect, test } from 'vitest';
import { aBatch } from '@/testing/builders';
import { groupBatches } from './batch-groups';

test('groups ten thousand batches into a thousand groups', () => {
  const batches = Array.from({ length: 10_000 }, (_, number) => aBatch({ number }));

  const groups = groupBatches(batches, 1000);

  expect(groups).toHaveLength(1000);
  expect(groups[0]).toMatchObject({ first: 0, last: 9 });
  expect(groups.at(-1)).toMatchObject({ first: 9990, last: 9999 });
});

test('a group has the most urgent state of its batches', () => {
  const batches = [
    aBatch({ number: 0 }),
    aBatch({ number: 1, status: 'FAILED', failed: 3 }),
    aBatch({ number: 2, status: 'RUNNING' }),
    aBatch({ number: 3 }),
  ];

  expect(groupBatches(batches, 1)).toEqual([{ first: 0, last: 3, state: 'RUNNING', failedRecords: 3 }]);
});
