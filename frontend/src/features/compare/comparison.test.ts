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
  statuses: [
    { before: 'SUCCEEDED', after: 'SUCCEEDED', records: 9 },
    { before: 'SUCCEEDED', after: 'FAILED', records: 1 },
  ],
  fields: [{ name: 'stars', changed: 2, added: 0, removed: 0 }],
  total: 15,
  nextFrom: 10,
};

test('adds up answers about consecutive parts', () => {
  const second = {
    ...first,
    compared: 5,
    same: 4,
    changed: none,
    broken: { records: 1, indexes: [12] },
    statuses: [{ before: 'SUCCEEDED', after: 'FAILED', records: 20 } as const],
    fields: [
      { name: 'note', changed: 0, added: 1, removed: 3 },
      { name: 'stars', changed: 1, added: 0, removed: 0 },
    ],
  };

  expect(sumOf([first, second])).toEqual({
    compared: 15,
    same: 11,
    changed: { records: 2, indexes: [3, 4] },
    fixed: none,
    broken: { records: 2, indexes: [9, 12] },
    other: none,
    statuses: [
      { before: 'SUCCEEDED', after: 'FAILED', records: 21 },
      { before: 'SUCCEEDED', after: 'SUCCEEDED', records: 9 },
    ],
    fields: [
      { name: 'note', changed: 0, added: 1, removed: 3 },
      { name: 'stars', changed: 3, added: 0, removed: 0 },
    ],
  });
  expect(sumOf([]).compared).toBe(0);
});
