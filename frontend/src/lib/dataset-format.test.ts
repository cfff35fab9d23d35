import { expect, test } from 'vitest';
import { datasetContentType, separatorName } from './dataset-format';

test.each([
  ['a.csv', 'text/csv'],
  ['a.CSV.gz', 'text/csv'],
  ['a.tsv', 'text/tab-separated-values'],
  ['a.NDJSON', 'application/x-ndjson'],
  ['a.jsonl.gz', 'application/x-ndjson'],
  ['a.json', 'application/json'],
  ['a.geojson', 'application/geo+json'],
  ['a.txt', 'application/octet-stream'],
  ['csv', 'application/octet-stream'],
  ['constructor', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('sends %s as %s', (name, type) => {
  expect(datasetContentType(name)).toBe(type);
});

test('names the separators', () => {
  expect([',', ';', '\t', '|', '^'].map(separatorName)).toEqual([
    'comma',
    'semicolon',
    'tab',
    'vertical bar',
    '^',
  ]);
});
