import { expect, test } from 'vitest';
import { aRecord } from '@/testing/builders';
import { emptyComparison, mostKept, verdictOf, withWindow } from './comparison';

const error = { type: 'KeyError', message: "'capital'" };
const failed = aRecord({ status: 'FAILED', stages: [], error });
const stage = { step: 'check', stage: 'main' as const, ms: 1 };

test('says what became of a record', () => {
  const other = aRecord({ stages: [{ ...stage, value: { country: 'Italia' } }] });

  expect(verdictOf(aRecord(), aRecord())).toBe('same');
  expect(verdictOf(aRecord(), other)).toBe('changed');
  expect(verdictOf(failed, aRecord())).toBe('mended');
  expect(verdictOf(aRecord(), failed)).toBe('broken');
  expect(verdictOf(failed, failed)).toBe('same');
  expect(verdictOf(failed, { ...failed, error: { ...error, message: 'other' } })).toBe('other');
  expect(verdictOf(failed, aRecord({ status: 'SKIPPED', stages: [] }))).toBe('other');
});

test('counts every record once and keeps the indexes', () => {
  const first = [aRecord({ index: 5 }), { ...failed, index: 6 }];
  const second = [aRecord({ index: 5 }), aRecord({ index: 6 })];

  const comparison = withWindow(withWindow(emptyComparison(), first, second), [aRecord({ index: 7 })], []);

  expect(comparison.done).toBe(3);
  expect(comparison.counts).toEqual({ same: 1, changed: 0, mended: 1, broken: 0, other: 1 });
  expect(comparison.indexes.mended).toEqual([6]);
});

test('goes on counting where it keeps no more', () => {
  const many = Array.from({ length: mostKept + 5 }, (_, index) => ({ ...failed, index }));
  const mended = many.map(({ index }) => aRecord({ index }));

  const { counts, indexes } = withWindow(emptyComparison(), many, mended);

  expect(counts.mended).toBe(mostKept + 5);
  expect(indexes.mended).toHaveLength(mostKept);
});
