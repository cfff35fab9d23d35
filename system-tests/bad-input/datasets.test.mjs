// The content of datasets: what is no list of records in UTF-8 and JSON, and what is at its limits.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { assertProblem, section, withDataset } from './documented.mjs';
import { ask } from './exchange.mjs';

const MEBIBYTE = 2 ** 20;

function send(body, type = 'application/json', headers = {}) {
  return ask('POST', '/api/v1/datasets?name=bad', { headers: { 'Content-Type': type, ...headers }, body });
}

// With the path of the list of records.
function at(path, body) {
  return ask('POST', `/api/v1/datasets?records=${encodeURIComponent(path)}`, {
    headers: { 'Content-Type': 'application/json' },
    body,
  });
}

const lines = (body) => send(body, 'application/x-ndjson');
const table = (body) => send(body, 'text/csv');

function recordOf(text) {
  return `[{"a": ${text}}]`;
}

function named(values) {
  return Object.fromEntries(values.map((value) => [value, recordOf(value)]));
}

function hasPosition({ position }) {
  assert.deepEqual(Object.keys(position), ['record', 'line', 'column', 'byte']);
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
  datasets.refuses('a column twice in a table', '400 DUPLICATE_KEY', table, { column: 'a,b,a\n1,2,3\n' });
  datasets.refuses(
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
  datasets.refuses(
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
  datasets.answers(
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
  datasets.answers(
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
  datasets.answers(
    'a byte order mark before UTF-8',
    '201, without it',
    (body) =>
      withDataset(send(body), ({ fields }) =>
        assert.deepEqual(
          fields.map(({ name }) => name),
          ['a'],
        ),
      ),
    { mark: '\ufeff[{"a": 1}]' },
  );
  datasets.refuses(
    'UTF-16, UTF-32, Latin-1, or UTF-8 that is broken',
    '400 INVALID_ENCODING',
    send,
    encodings(),
    hasPosition,
  );
  datasets.refuses('objects and lists in each other more than 500 deep', '400 TOO_DEEP', send, {
    '501 objects': `[${nested(501)}]`,
    '100,000 brackets': '['.repeat(100_000),
    '100,000 braces': '{"a":'.repeat(100_000),
    '100,000 brackets in a record': `[{"a": ${'['.repeat(100_000)}`,
  });
  datasets.answers('500 levels', '201', (body) => withDataset(send(body)), {
    objects: `[${nested(500)}]`,
    lines: nested(500),
  });
  datasets.refuses(
    'a record of more than 16 MB, as it is or as one key',
    '413 RECORD_TOO_LARGE',
    send,
    {
      text: `[{"a": 1}, {"a": "${'x'.repeat(17 * MEBIBYTE)}"}]`,
      key: `[{"a": 1}, {"${'x'.repeat(17 * MEBIBYTE)}": 1}]`,
    },
    ({ position }) => assert.equal(position.record, 1),
  );
  datasets.refuses(
    'a key of 1 MB, or a million keys in one record',
    '413 RECORD_TOO_LARGE',
    send,
    {
      '1 MB': `[{"${'x'.repeat(MEBIBYTE)}": 1}]`,
      'a million': `[{${Array.from({ length: 1_000_000 }, (_, n) => `"${n}":0`).join(',')}}]`,
    },
    ({ position }) => assert.equal(position.record, 0),
  );
  datasets.refuses(
    'other files, whatever their name: zip, Excel, broken gzip, PNG, PDF, Parquet …',
    '415 UNSUPPORTED_TYPE',
    send,
    {
      zip: 'PK\x03\x04rest',
      'empty zip': 'PK\x05\x06rest',
      Excel: bytes('d0cf11e0a1b11ae1'),
      'broken gzip': bytes('1f8b0800'),
      png: bytes('89504e470d0a1a0a'),
      pdf: '%PDF-1.7',
      parquet: 'PAR1rest',
    },
  );
  datasets.refuses('a tar archive, or other binary', '400 INVALID_JSON', send, {
    tar: Buffer.concat([Buffer.from('data.json'), Buffer.alloc(91), Buffer.from('0000644\0')]),
    text: 'just text',
  });
  datasets.answers('lone halves of surrogate pairs and NUL, escaped', '201, kept as they are', keepsBytes, {
    surrogate: '{"a":"\\ud800"}',
    'surrogate in a key': '{"\\udc00":1}',
    NUL: '{"a":"\\u0000"}',
  });
  datasets.answers(
    'integers of 19, 40, 4,300 and more digits, 1e400, 1e-400, -0.0',
    '201, kept as they are',
    keepsBytes,
    Object.fromEntries(
      [
        '9'.repeat(19),
        '9'.repeat(40),
        '9'.repeat(4300),
        '9'.repeat(4301),
        '1e400',
        '1e-400',
        '-0.0',
        '1.10',
      ].map((number) => [number.length > 40 ? `${number.length} digits` : number, `{"a":${number}}`]),
    ),
  );
});

async function keepsBytes(record) {
  await withDataset(send(`[${record}]`), async ({ id }) => {
    const { text } = await ask('GET', `/api/v1/datasets/${id}/records`);
    assert.equal(text, `{"items":[${record}],"offset":0,"limit":50,"total":1}`);
  });
}

function nested(levels) {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}

function bytes(digits) {
  return Buffer.from(digits, 'hex');
}

function encodings() {
  const text = '[{"name": "Zoë"}]';
  const big = Buffer.from(text, 'utf16le').swap16();
  const around = (digits) => Buffer.concat([Buffer.from('[{"a": "'), bytes(digits), Buffer.from('"}]')]);
  const wide = Buffer.concat(
    Array.from(text, (character) => Buffer.from([character.charCodeAt(0), 0, 0, 0])),
  );
  return {
    'UTF-16, little end': Buffer.from(text, 'utf16le'),
    'UTF-16, little end, with mark': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'UTF-16, big end': big,
    'UTF-16, big end, with mark': Buffer.concat([bytes('feff'), big]),
    'UTF-32': wide,
    'Latin-1': Buffer.from(text, 'latin1'),
    overlong: around('c0af'),
    'overlong of three': around('e080af'),
    'half of a surrogate pair': around('eda080'),
    'beyond Unicode': around('f4908080'),
    'cut off before the end': around('e282'),
    'cut off by the end': Buffer.concat([Buffer.from('[{"a": "'), bytes('e282')]),
    'stray byte': around('80'),
    FF: around('ff'),
  };
}
