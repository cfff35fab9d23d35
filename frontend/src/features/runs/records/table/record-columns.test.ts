import { expect, test } from 'vitest';
import { ExactNumber, type JsonObject } from '@/lib/values/exact-json';
import { aRecord } from '@/testing/builders';
import { isChanged } from '../columns/changed-field';
import { nothingSeen, withRecords } from '../columns/seen-fields';
import { recordColumns } from './record-columns';

const ended = (value: JsonObject) => ({ step: 'check', stage: 'main' as const, value, ms: 1 });
const names = (columns: { shown: { name: string }[] }) => columns.shown.map(({ name }) => name);

test('what the scripts made comes first, however many fields they were given', () => {
  const raw = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`f${at}`, at]));
  const record = aRecord({ raw, stages: [ended({ ...raw, f14: 'other', score: 1 })] });

  const columns = recordColumns(withRecords(nothingSeen, [record]));

  expect(names(columns)).toHaveLength(12);
  expect(names(columns).slice(0, 3)).toEqual(['f14', 'score', 'f0']);
  expect(columns.shown.map(({ isOutput }) => isOutput).slice(0, 3)).toEqual([true, true, false]);
  expect(columns.hidden).toBe(4);
});

test('columns follow a run that adds fields', () => {
  const before = withRecords(nothingSeen, [aRecord({ raw: { id: 1 }, stages: [], status: 'PENDING' })]);
  const after = withRecords(before, [aRecord({ raw: { id: 1 }, stages: [ended({ id: 1, score: 2 })] })]);

  expect(names(recordColumns(before))).toEqual(['id']);
  expect(names(recordColumns(after))).toEqual(['score', 'id']);
});

test('records without news change nothing', () => {
  const seen = withRecords(nothingSeen, [aRecord()]);

  expect(withRecords(seen, [aRecord({ index: 1 })])).toBe(seen);
});

test('shows the chosen columns in their order, also those that no record has yet', () => {
  const seen = withRecords(nothingSeen, [aRecord({ raw: { id: 1, text: 'x' }, stages: [] })]);

  const columns = recordColumns(seen, { names: ['later', 'id'], pinned: 1 });

  expect(names(columns)).toEqual(['later', 'id']);
  expect(columns).toMatchObject({ pinned: 1, hidden: 1 });
});

test('a column beside those that the scripts made says why records failed, as soon as one did', () => {
  const succeeded = withRecords(nothingSeen, [aRecord()]);
  const skipped = withRecords(succeeded, [aRecord({ status: 'SKIPPED', skipped: 'no capital' })]);

  expect(recordColumns(succeeded).reasonAt).toBeUndefined();
  expect(recordColumns(skipped).reasonAt).toBe(1);
  expect(recordColumns(skipped, { names: ['country', 'is_correct'], pinned: 2 }).reasonAt).toBe(2);
});

test('aligns a column as numbers only when it contains nothing else', () => {
  const raws = [
    { price: new ExactNumber('1.10'), id: 1, code: 7 },
    { price: 2, id: null, code: 'A7' },
  ];

  const { shown } = recordColumns(
    withRecords(
      nothingSeen,
      raws.map((raw) => aRecord({ raw, stages: [] })),
    ),
  );

  expect(shown.filter(({ isNumeric }) => isNumeric).map(({ name }) => name)).toEqual(['price', 'id']);
});

test('compares the last value with the raw record', () => {
  const value = { same: [1], other: 2, added: null };
  const record = aRecord({ raw: { same: [1], other: 1, removed: 1 }, stages: [ended(value)] });

  expect(['same', 'other', 'added', 'removed', 'never'].map((field) => isChanged(record, field))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});
