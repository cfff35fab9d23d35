import { expect, test } from 'vitest';
import { aRun, aRunModelCalls } from '@/testing/builders';
import { projectionOf, suggestedBudget } from './projection';

test('the projection says what the whole run will cost, and whether the budget pays for it', () => {
  const run = aRun();

  expect(projectionOf(run, aRunModelCalls({ projectedLow: '1.2', projectedHigh: '1.6' }))).toEqual({
    text: 'about $1.20 to $1.60 for all 100 records',
    isShort: false,
  });
  expect(
    projectionOf(run, aRunModelCalls({ budget: '1.00', projectedLow: '1.2', projectedHigh: '1.2' })),
  ).toEqual({ text: 'about $1.20 for all 100 records', isShort: true });
});

test('there is no projection before anything is done, after the end, and where calls are free', () => {
  const known = { projectedLow: '1', projectedHigh: '2' };

  expect(projectionOf(aRun(), aRunModelCalls())).toBeUndefined();
  expect(projectionOf(aRun({ status: 'PARTIAL' }), aRunModelCalls(known))).toBeUndefined();
  expect(projectionOf(aRun(), aRunModelCalls({ projectedLow: '0', projectedHigh: '0' }))).toBeUndefined();
});

test('the suggested budget pays for all records, or is twice the last one', () => {
  const used = { budget: '1.00', spent: '0.99' };

  expect(suggestedBudget(aRunModelCalls({ ...used, projectedLow: '5', projectedHigh: '6' }))).toBe('6.60');
  expect(suggestedBudget(aRunModelCalls(used))).toBe('2.00');
});

test('the suggested budget has room for the last call and for what is unsettled', () => {
  const known = { budget: '0.03', spent: '0.028', projectedLow: '0.04', projectedHigh: '0.05' };

  expect(suggestedBudget(aRunModelCalls({ ...known, needed: '0.02', unsettled: '0.1' }))).toBe('0.18');
});

test('the suggested budget is always more than what is spent and what the next call needs', () => {
  const small = { budget: '1.00', spent: '1.00', unsettled: '0.50', projectedLow: '1', projectedHigh: '1.1' };

  expect(Number(suggestedBudget(aRunModelCalls(small)))).toBeGreaterThan(1.5);
  expect(Number(suggestedBudget(aRunModelCalls({ ...small, needed: '40' })))).toBeGreaterThan(41.5);
  expect(Number(suggestedBudget(aRunModelCalls({ budget: '0', spent: '0' })))).toBeGreaterThan(0);
});
