import { expect, test } from 'vitest';
import { aRecord } from '@/testing/builders';
import { chosenIndexes, estimate, neighbours } from './trial';

test('selects at most a hundred records', () => {
  expect(chosenIndexes({ kind: 'first', count: 5000 }, 1_000_000)).toHaveLength(100);
});

test('selects all records of a small dataset', () => {
  expect(chosenIndexes({ kind: 'first', count: 3 }, 2)).toEqual([0, 1]);
  expect(chosenIndexes({ kind: 'random', count: 10 }, 2)).toEqual([0, 1]);
  expect(chosenIndexes({ kind: 'chosen', indexes: [0, 9] }, 5)).toEqual([0]);
});

test('selects each random record once, in order', () => {
  const draws = [0.9, 0.1, 0.9, 0.5];

  expect(chosenIndexes({ kind: 'random', count: 3 }, 10, () => draws.shift() ?? 0)).toEqual([1, 5, 9]);
});

test('fetches adjacent records together', () => {
  expect(neighbours([0, 1, 2, 7, 9, 10])).toEqual([
    { offset: 0, limit: 3 },
    { offset: 7, limit: 1 },
    { offset: 9, limit: 2 },
  ]);
});

test('estimates the duration of all records from a trial', () => {
  const record = aRecord({ stages: [{ step: 'one', stage: 'main', value: {}, ms: 2 }] });

  expect(estimate([record, record], 80_000)).toEqual({ allMilliseconds: 160_000, batchSize: 500 });
  expect(estimate([record], 62)?.batchSize).toBe(5);
  expect(estimate([aRecord({ stages: [] })], 100)).toBeUndefined();
});
