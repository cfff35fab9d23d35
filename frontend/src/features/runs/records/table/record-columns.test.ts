import { expect, test } from 'vitest';
import { ExactNumber } from '@/lib/values/exact-json';
import { aRecord } from '@/testing/builders';
import { isChanged, recordColumns } from './record-columns';

const ended = (value: Record<string, never>) => ({ step: 'check', stage: 'main' as const, value, ms: 1 });

test('takes the fields of the last values, the first twelve of many', () => {
  const wide = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`f${at}`, at]));

  const columns = recordColumns([aRecord({ raw: wide, stages: [] })]);

  expect(columns.shown).toHaveLength(12);
  expect(columns.hidden).toBe(3);
});

test('aligns a column as numbers only when it contains nothing else', () => {
  const raws = [
    { price: new ExactNumber('1.10'), id: 1, code: 7 },
    { price: 2, id: null, code: 'A7' },
  ];

  const { numeric } = recordColumns(raws.map((raw) => aRecord({ raw, stages: [] })));

  expect([...numeric]).toEqual(['price', 'id']);
});

test('compares the last value with the raw record', () => {
  const value = { same: [1], other: 2, added: null } as unknown as Record<string, never>;
  const record = aRecord({ raw: { same: [1], other: 1, removed: 1 }, stages: [ended(value)] });

  expect(['same', 'other', 'added', 'removed', 'never'].map((field) => isChanged(record, field))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});
