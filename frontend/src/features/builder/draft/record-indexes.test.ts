import { expect, test } from 'vitest';
import { parseIndexes } from './record-indexes';

test.each([
  ['5, 17, 20-22', [5, 17, 20, 21, 22]],
  ['7,7, 3,', [3, 7]],
  ['', []],
])('reads %j as %j', (text, indexes) => {
  expect(parseIndexes(text)).toEqual(indexes);
});

test.each(['x', '5, x', '5x', '4-2', '1-', '-1', '1.5', '1-2-3'])('rejects %j', (text) => {
  expect(parseIndexes(text)).toBeUndefined();
});

test('selects at most a hundred records', () => {
  expect(parseIndexes('0-100000')).toHaveLength(100);
});
