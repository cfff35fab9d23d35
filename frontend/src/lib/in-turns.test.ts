import { expect, test } from 'vitest';
import { inTurns } from './in-turns';

test('does something with every item, at most four at a time', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;

  await inTurns(
    Array.from({ length: 10 }, (_, at) => at),
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    },
  );

  expect(done.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(4);
});
