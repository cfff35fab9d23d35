import { expect, test } from 'vitest';
import { aSkip } from '@/testing/builders';
import { merged } from './skip-groups';

test('adds the parts of a run up', () => {
  const first = [aSkip({ id: 'a', count: 2, examples: [1, 2], spread: [2, 0] })];
  const second = [
    aSkip({ id: 'b', count: 5, firstIndex: 60, examples: [60], spread: [0, 5] }),
    aSkip({ id: 'a', count: 1, firstIndex: 70, examples: [70], spread: [0, 1] }),
  ];

  const { items, total } = merged([
    { items: first, total: 2 },
    { items: second, total: 6 },
  ]);

  expect(total).toBe(8);
  expect(items.map(({ id, count }) => [id, count])).toEqual([
    ['b', 5],
    ['a', 3],
  ]);
  expect(items[1]).toMatchObject({ firstIndex: 1, examples: [1, 2, 70], spread: [2, 1] });
});
