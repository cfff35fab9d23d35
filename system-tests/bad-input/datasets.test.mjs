// Datasets that are no list of records in JSON, or hold it in an unusual way.
import assert from 'node:assert/strict';
import { at, hasPosition, lines, send } from './dataset-upload.mjs';
import { assertProblem, section, withDataset } from './documented.mjs';

const MEBIBYTE = 2 ** 20;

function recordOf(text) {
  return `[{"a": ${text}}]`;
}

function named(values) {
  return Object.fromEntries(values.map((value) => [value, recordOf(value)]));
}

section('Datasets', (datasets) => {
  datasets.refuses('nothing, only blanks, only a byte order mark', '400 EMPTY_BODY', send, {
    nothing: '',
    blanks: ' \r\n\t ',
    'byte order mark': '\ufeff',
  });
  datasets.refuses('nothing, as lines or a table', '400 EMPTY_BODY', ([type, body]) => send(body, type), {
    lines: ['application/x-ndjson', ''],
    'blank lines': ['application/x-ndjson', '\n\n'],
    table: ['text/csv', ''],
  });
  datasets.refuses(
    '[], or a table with its header only',
    '422 EMPTY_DATASET',
    ([type, body]) => send(body, type),
    {
      list: ['application/json', '[]'],
      'list of blanks': ['application/json', ' [ \n ] '],
      header: ['text/csv', 'a,b\n'],
    },
  );
  datasets.refuses(
    'JSON that is broken: cut off, comma too many, more after the end, comments, single quotes …',
    '400 INVALID_JSON',
    send,
    {
      'cut in a list': '[{"a": 1},',
      'cut in a record': '[{"a": 1',
      'cut in a text': '[{"a": "b',
      'cut in a word': '[{"a": tru',
      'comma before ]': '[{"a": 1},]',
      'comma before }': '[{"a": 1,}]',
      'two commas': '[{"a": 1},,{"a": 1}]',
      '] twice': '[{"a": 1}]]',
      'more after the end': '[{"a": 1}] x',
      'two lists': '[{"a": 1}][{"a": 1}]',
      '// comment': '[{"a": 1} // one\n]',
      '/* comment': '[{"a": /* one */ 1}]',
      '# comment': '# one\n[{"a": 1}]',
      'single quotes': "[{'a': 1}]",
      'bare key': '[{a: 1}]',
      'no colon': '[{"a" 1}]',
      "Python's None": recordOf('None'),
      'line break in a text': recordOf('"a\nb"'),
      'tab in a text': recordOf('"a\tb"'),
      'NUL in a text': recordOf('"a\0b"'),
      'escape that is none': recordOf('"\\x41"'),
      'short escape': recordOf('"\\u12"'),
      'second byte order mark': '\ufeff\ufeff[{"a": 1}]',
    },
    hasPosition,
  );
  datasets.refuses(
    'numbers that JSON does not have: NaN, Infinity, 0x10, 01, +1, .5 …',
    '400 INVALID_JSON',
    send,
    named([
      'NaN',
      'Infinity',
      '-Infinity',
      '0x10',
      '01',
      '-01',
      '+1',
      '.5',
      '1.',
      '1e',
      '1e+',
      '-',
      '1_000',
      '１',
    ]),
    hasPosition,
  );
  datasets.refuses(
    'what is no list of records',
    '422 NOT_A_RECORD_LIST',
    send,
    {
      number: '1',
      text: '"text"',
      true: 'true',
      null: 'null',
      'list of numbers': '[1, 2]',
      'list of lists': '[[{}]]',
      'null among records': '[{"a": 1}, null]',
    },
    hasPosition,
  );
  datasets.answers(
    'one object',
    '201, one record',
    (body) => withDataset(send(body), ({ records }) => assert.equal(records, 1)),
    { object: '{"a": 1}' },
  );
  datasets.answers(
    'a document around the list, or a table by columns',
    '201, one record, and a note that says what it holds',
    ([body, said]) =>
      withDataset(send(body), ({ records, notes }) => {
        assert.equal(records, 1);
        assert.match(notes.join(' '), said);
      }),
    {
      data: ['{"data": [{"a": 1}, {"a": 2}]}', /2 objects at "\/data"/],
      nested: ['{"result": {"items": [{"a": 1}]}, "n": 1}', /records=\/result\/items/],
      'escaped name': ['{"a/b~": [{}]}', /\/a~1b~0/],
      columns: ['{"a": [1, 2], "b": [3, 4]}', /2 columns of 2 values/],
    },
  );
  datasets.answers(
    'the path of a list in a document (records)',
    '201, its objects',
    ([path, body]) =>
      withDataset(at(path, body), ({ records, recordsPath }) =>
        assert.deepEqual([records, recordsPath], [2, path]),
      ),
    {
      features: ['/features', '{"type": "x", "features": [{"a": 1}, {"a": 2}], "after": {}}'],
      nested: ['/a/1/b', '{"a": [0, {"b": [{}, {}]}]}'],
      escaped: ['/a~1b/~0', '{"a/b": {"~": [{}, {}]}}'],
      'larger than a record': [
        '/data',
        `{"x": "y", "data": [{"a": "${'x'.repeat(9 * MEBIBYTE)}"}, {"a": "${'y'.repeat(9 * MEBIBYTE)}"}]}`,
      ],
    },
  );
  datasets.refuses(
    'a path where no list of objects is, or a path into a table',
    '422 NOT_A_RECORD_LIST',
    ([path, body]) => at(path, body),
    {
      'not there': ['/b', '{"a": [{}]}'],
      'an object': ['/a', '{"a": {}}'],
      'a list of numbers': ['/a', '{"a": [1]}'],
      'below a text': ['/a/b', '{"a": "b"}'],
      table: ['/a', 'a,b\n1,2\n'],
      'index too high': ['/2', '[[{}]]'],
    },
    hasPosition,
  );
  datasets.answers(
    'a document with a list that is too large for one record',
    '413 RECORD_TOO_LARGE, with the path to try',
    async (body) => {
      const { detail, errors } = assertProblem(await send(body), 413, 'RECORD_TOO_LARGE');
      assert.match(detail, /records=\/features/);
      assert.equal(errors[0].pointer, '/features');
    },
    { features: `{"type": "x", "features": [${'{"a": "some text"},'.repeat(MEBIBYTE)}{}]}` },
  );
  datasets.refuses(
    'a document that is broken beside the list',
    '400 INVALID_JSON',
    (body) => at('/a', body),
    {
      before: '{"x": NaN, "a": [{}]}',
      after: '{"a": [{}], "x": 01}',
      'not closed': '{"a": [{}]',
      'more after it': '{"a": [{}]} x',
    },
    hasPosition,
  );
  datasets.answers(
    'content that is not what its type says',
    '201, as what it is, and a note',
    ([type, body, found]) =>
      withDataset(send(body, type), ({ format, notes }) => {
        assert.equal(format, found);
        assert.match(notes[0], /but the content is/);
      }),
    {
      'lines as JSON': ['application/json', '{"a": 1}\n{"a": 2}\n', 'ndjson'],
      'table as JSON': ['application/json', 'a,b\n1,2\n', 'csv'],
      'list as lines': ['application/x-ndjson', '[{"a": 1}]', 'json'],
      'list as a table': ['text/csv', '[{"a": 1}]', 'json'],
      'lines as a table': ['text/csv', '{"a": 1}\n{"a": 2}\n', 'ndjson'],
      'long first line': ['application/json', `{"a": "${'x'.repeat(200_000)}"}\n{}\n`, 'ndjson'],
    },
  );
  datasets.answers(
    'lines, lists, objects over several lines and JSON text sequences, in whatever they are called',
    '201, each object a record',
    async (body) => {
      for (const type of ['application/json', 'application/x-ndjson', 'application/json-seq', 'text/plain']) {
        await withDataset(send(body, type), ({ records }) => assert.equal(records, 2));
      }
    },
    {
      list: '[\n{"a": 1},\n{"a":\n2}\n]\n',
      objects: '{\n"a": 1\n}\n{\n"a": 2\n}\n',
      'without line breaks': '{"a": 1}{"a": 2}',
      sequence: '\u001e{"a": 1}\n\u001e{"a": 2}\n',
      'lists on lines': '[{"a": 1}]\n[{"a": 2}]\n',
      'line ends of old Macs': '{"a": 1}\r{"a": 2}\r',
    },
  );
  datasets.answers(
    'files put together, with byte order marks between them',
    '201, without the marks',
    ([type, body]) =>
      withDataset(send(body, type), ({ records, fields }) =>
        assert.deepEqual([records, fields.map(({ name }) => name)], [2, ['a']]),
      ),
    {
      lines: ['application/x-ndjson', '\ufeff{"a": 1}\n\ufeff{"a": 2}\n'],
      lists: ['application/json', '\ufeff[{"a": 1}]\n\ufeff[{"a": 2}]'],
      tables: ['text/csv', '\ufeffa\n1\n\ufeffa\n2\n'],
    },
  );
  datasets.refuses(
    'two lists, or a list and an object, on one line',
    '400 INVALID_JSON',
    lines,
    { lists: '[{"a": 1}] [{"a": 1}]', 'list and object': '[{"a": 1}] {"a": 1}' },
    hasPosition,
  );
  datasets.answers(
    'blank lines among lines',
    '201',
    (body) => withDataset(lines(body), ({ records }) => assert.equal(records, 2)),
    {
      'blank lines': '\n{"a": 1}\n\n  \r\n{"a": 2}\n\n',
    },
  );
  datasets.refuses(
    'a bad line among lines, say the seventh',
    '400 INVALID_JSON',
    lines,
    {
      'broken line': `${'{"a": 1}\n'.repeat(6)}{"a": }\n{"a": 1}\n`,
      'two records in a line': `${'{"a": 1}\n'.repeat(6)}{"a": 1} {"a": 2}\n`,
    },
    ({ position }) => assert.deepEqual([position.line, position.record <= 7], [7, true]),
  );
  datasets.refuses(
    'a key twice in one object, however it is written',
    '400 DUPLICATE_KEY',
    send,
    {
      'side by side': '[{"a": 1, "a": 1}]',
      'far apart': '[{"a": 1, "b": {"a": 1}, "a": 2}]',
      nested: '[{"b": {"a": 1, "a": 2}}]',
      escaped: '[{"a": 1, "\\u0061": 2}]',
      'in the second record': '[{"a": 1}, {"": 1, "": 2}]',
    },
    hasPosition,
  );
});
