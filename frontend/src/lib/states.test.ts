import { expect, test } from 'vitest';
import { isActive, isFinal } from './states';

test('a paused run is neither active nor final', () => {
  expect([isActive('PAUSED'), isFinal('PAUSED')]).toEqual([false, false]);
  expect([isActive('RUNNING'), isFinal('RUNNING')]).toEqual([true, false]);
  expect([isActive('PARTIAL'), isFinal('PARTIAL')]).toEqual([false, true]);
});
