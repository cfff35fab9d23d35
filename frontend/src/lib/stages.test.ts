import { expect, test } from 'vitest';
import { isStage } from './stages';

test('knows the three stages and nothing else', () => {
  expect(['pre', 'main', 'post'].every(isStage)).toBe(true);
  expect([null, undefined, '', 'Main', 'constructor'].some(isStage)).toBe(false);
});
