import { expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { downloadQuery, firstChoice, recordsChoices } from './download-choice';

test('a table names its columns in their order, its fields and its records', () => {
  const query = downloadQuery({
    ...firstChoice({ status: 'FAILED', q: '100%' }),
    columns: ['raw', 'index'],
    fields: ['rating', 'a,b'],
    format: 'ndjson',
  });

  expect(new URLSearchParams(query).getAll('field')).toEqual(['rating', 'a,b']);
  expect(query).toBe('format=ndjson&columns=index%2Craw&field=rating&field=a%2Cb&status=FAILED&q=100%25');
});

test('a view has no columns, and other formats have no options of CSV', () => {
  const csv = { isForExcel: true, namesNull: true, keepsFormulas: true };
  const choice = { ...firstChoice({}), content: 'final' as const, fields: ['a'], csv };

  expect(downloadQuery(choice)).toBe('format=csv&view=final&bom=true&null=NULL&formulas=raw');
  expect(downloadQuery({ ...choice, format: 'json' })).toBe('format=json&view=final');
  expect(downloadQuery({ ...choice, format: 'tsv' })).toContain('format=tsv&view=final&bom=true');
});

test('all formats but a workbook, which is an archive already, come in an archive', () => {
  const choice = { ...firstChoice({}), content: 'final' as const, isZip: true };

  expect(downloadQuery(choice)).toBe('format=csv&packing=zip&view=final');
  expect(downloadQuery({ ...choice, format: 'xlsx' })).toBe('format=xlsx&view=final');
});

test('offers the states that there are, and the filter of the page', () => {
  const run = aRun({
    records: { total: 10, succeeded: 7, failed: 2, skipped: 0, cancelled: 0, pending: 1 },
  });

  expect(recordsChoices(run, { q: 'x' }).map(({ label, count }) => [label, count])).toEqual([
    ['All that are done', 9],
    ['Succeeded', 7],
    ['Failed', 2],
    ['As filtered on the page', undefined],
  ]);
  expect(recordsChoices(run, { status: 'FAILED' }).at(-1)?.label).toBe('Failed');
});

test('begins with input and error where only failed records are shown', () => {
  expect(firstChoice({ status: 'FAILED' }).columns).toEqual(['index', 'error', 'raw']);
  expect(firstChoice({}).columns).toEqual(['index', 'status', 'error', 'value']);
});
