import { expect, test } from 'vitest';
import { isUneven } from './spread';

test.each([
  ['all at the end', [0, 0, 0, 0, 0, 0, 0, 0, 0, 40], true],
  ['the same everywhere', [10, 11, 9, 10, 12, 8, 10, 10], false],
  ['a few by chance', [1, 0, 0, 2, 0, 1, 0, 0, 1, 0], false],
  ['too few to tell', [0, 0, 0, 0, 4], false],
  ['one part only', [100], false],
  ['nothing', [], false],
])('%s: %j', (_, spread, uneven) => {
  expect(isUneven(spread)).toBe(uneven);
});
