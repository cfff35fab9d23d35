import { expect, test } from 'vitest';
import type { Comparison } from '@/api/types';
import { sumOf } from './comparison';

const none = { records: 0, indexes: [] };
const first: Comparison = {
  compared: 10,
  same: 7,
  changed: { records: 2, indexes: [3, 4] },
  fixed: none,
  broken: { records: 1, indexes: [9] },
  other: none,
  total: 15,
  nextFrom: 10,
};

test('adds up answers about consecutive parts', () => {
  const second = { ...first, compared: 5, same: 4, changed: none, broken: { records: 1, indexes: [12] } };

  expect(sumOf([first, second])).toEqual({
    compared: 15,
    same: 11,
    changed: { records: 2, indexes: [3, 4] },
    fixed: none,
    broken: { records: 2, indexes: [9, 12] },
    other: none,
  });
  expect(sumOf([]).compared).toBe(0);
});
