import { expect, test } from 'vitest';
import { aBatch } from '@/testing/builders';
import { failuresOverInput } from './failures-over-input';

test('adds up the failures of neighbouring batches, and loses none', () => {
  const batches = [3, 0, 1, 0, 2].map((failed, number) => aBatch({ number, failed }));

  expect(failuresOverInput(batches, 10)).toEqual([3, 0, 1, 0, 2]);
  expect(failuresOverInput(batches, 3)).toEqual([3, 1, 2]);
  expect(failuresOverInput([], 3)).toEqual([]);
});
