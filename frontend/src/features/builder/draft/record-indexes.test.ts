import { expect, test } from 'vitest';
import { parseIndexes } from './record-indexes';

test.each([
  ['5, 17, 20-22', [5, 17, 20, 21, 22]],
  ['7,7, 3', [3, 7]],
  ['x, 4-2, ', []],
])('reads %j as %j', (text, indexes) => {
  expect(parseIndexes(text)).toEqual(indexes);
});

test('never asks for more than a hundred records', () => {
  expect(parseIndexes('0-100000')).toHaveLength(100);
});
