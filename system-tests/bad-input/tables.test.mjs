// Datasets in CSV.
import assert from 'node:assert/strict';
import { hasPosition, table } from './dataset-upload.mjs';
import { section, withDataset } from './documented.mjs';
import { ask } from './exchange.mjs';

section('Tables', (tables) => {
  tables.refuses('a column twice in a table', '400 DUPLICATE_KEY', table, { column: 'a,b,a\n1,2,3\n' });
  tables.refuses(
    'a table that is broken',
    '400 INVALID_CSV',
    table,
    {
      'cell too many': 'a,b\n1,2,3\n',
      'cell too few': 'a,b\n1\n',
      'open quote': 'a,b\n"1,2\n',
      'quote in a cell': 'a,b\n1"2,3\n',
    },
    hasPosition,
  );
  tables.refuses(
    'a header without names, or with gaps in them',
    '400 INVALID_CSV',
    table,
    {
      'separators only': ',,\n1,2,3\n',
      gaps: 'a,,b,\n1,2,3,4\n',
      'a value without a name': 'a,b,,\n1,2,3,\n',
    },
    hasPosition,
  );
  tables.answers(
    'columns separated by ; tab or a bar, or as a first line sep= says',
    '201, and the separator that was found',
    ([body, found]) =>
      withDataset(table(body), async ({ id, separator, notes }) => {
        assert.equal(separator, found);
        assert.match(notes.join(' '), /The columns are separated by/);
        assert.match(
          (await ask('GET', `/api/v1/datasets/${id}/records`)).text,
          /^\{"items":\[\{"a":"1,50","b":"x"\}\]/,
        );
      }),
    {
      semicolon: ['a;b\n1,50;x\n', ';'],
      tab: ['a\tb\n1,50\tx\n', '\t'],
      bar: ['a|b\n1,50|x\n', '|'],
      'first line': ['sep=^\r\na^b\r\n1,50^x\r\n', '^'],
    },
  );
  tables.answers(
    'a table with lines of separators, with separators behind the last column, with line ends of old Macs',
    '201, and a note',
    ([body, count]) =>
      withDataset(table(body), ({ records, notes }) => assert.deepEqual([records, notes.length], [count, 1])),
    {
      'lines of separators': ['a,b\n1,2\n,\n,\n', 3],
      'behind the last column': ['a,b\n1,2,,\n', 1],
      'columns without name at the end': ['a,b,,\n1,2,,\n', 1],
      'old Mac': ['a,b\r1,2\r', 1],
    },
  );
});
