import { expect, test } from 'vitest';
import { datasetContentType } from './dataset-format';

test.each([
  ['a.csv', 'x,y\n1,2', 'text/csv'],
  ['a.NDJSON', '{}', 'application/x-ndjson'],
  ['a.jsonl', '', 'application/x-ndjson'],
  ['a.json', '[{"a": 1}]', 'application/json'],
  ['a.json', '{"a": 1}\n{"a": 2}\n', 'application/x-ndjson'],
  ['a.json', '{"a": 1}\n', 'application/json'],
  ['a.json', '{\n  "a": 1\n}\n', 'application/json'],
  ['data', '[', 'application/json'],
])('sends %s that begins with %j as %s', (name, head, type) => {
  expect(datasetContentType(name, head)).toBe(type);
});
