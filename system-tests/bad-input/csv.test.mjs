// Results as CSV: keys and texts that a spreadsheet would run, that CSV cannot hold, or that readers would lose.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accepted, assertProblem, section, withDataset } from './documented.mjs';
import { ask, json } from './exchange.mjs';
import { end, remove, SOURCE, submit, upload } from './sound.mjs';

const READER =
  "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode('utf-8'), newline=''), strict=True))))";
const BACKSLASH = '\\';

// The rows of a document as Python's csv module reads them.
function rowsOf(text) {
  return JSON.parse(
    execFileSync('python3', ['-c', READER], { input: text, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
}

// The rows of the results of records that no script changes.
async function written(records, query = '') {
  return (await documents(records, [query])).map(rowsOf)[0];
}

async function documents(records, queries) {
  const run = await submit(
    (await upload(typeof records === 'string' ? records : JSON.stringify(records))).id,
    SOURCE,
  );
  try {
    assert.equal((await end(run.id)).status, 'SUCCEEDED');
    const answers = [];
    for (const query of queries) {
      const { status, text } = await ask('GET', `/api/v1/runs/${run.id}/results?format=csv${query}`);
      assert.equal(status, 200, text);
      answers.push(text);
    }
    return answers;
  } finally {
    await remove(run);
  }
}

const FORMULAS = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '+1+1',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '-A1',
  '+HYPERLINK("http://x")',
  ' =1',
  '\u00a0=1',
  '\ufeff=1',
  '＝1+1',
  '＋A1',
  '－A1',
  '＠SUM(1)',
];
const BEHIND = {
  'x;=1+1': "x;'=1+1",
  'x\t=1': "x\t'=1",
  'x\n+A1': "x\n'+A1",
  'a;＝1': "a;'＝1",
  '\t=1+1': "'\t'=1+1",
  '\r\n=1+1': "'\r\n'=1+1",
  "'=1": "''=1",
};
const PLAIN = [
  '-5',
  '+5',
  '-1.5e3',
  '-1,234.50',
  '-1.234,56',
  '-5%',
  '-$5.00',
  '-5 €',
  '-0044-03-15',
  '+05:30',
  '-',
  '--',
  '+44 20 7946 0958',
  '+1 (555) 010-9999',
  '-foo bar',
  '@name',
  '+1 for this',
  '=',
  'a=b',
  'x;-5',
  "'quoted'",
];

section('Results as CSV', (csv) => {
  csv.answers(
    'keys and texts with half of a surrogate pair or NUL',
    '200, written as the escape of JSON, in both views',
    async (text) => {
      const escaped = `${BACKSLASH}u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const [final, states] = await documents([{ [text]: text, b: { [text]: 1 } }], ['', '&view=states']);
      const nested = JSON.stringify({ [text]: 1 });
      assert.deepEqual(rowsOf(final), [
        [escaped, 'b'],
        [escaped, nested],
      ]);
      assert.deepEqual(rowsOf(states), [
        [`raw.${escaped}`, 'raw.b', `main_one.${escaped}`, 'main_one.b'],
        [escaped, nested, escaped, nested],
      ]);
    },
    { high: '\ud83d', low: '\ude00', NUL: '\0' },
  );
  csv.answers(
    'texts and keys that a spreadsheet would run: =, +, -, @, full-width, behind blanks, ;, tab or line end',
    '200, an apostrophe before each',
    async (texts) => {
      const guarded = Object.values(texts);
      assert.deepEqual(await written([Object.fromEntries(Object.keys(texts).map((text) => [text, text]))]), [
        guarded,
        guarded,
      ]);
    },
    {
      'at the beginning': Object.fromEntries(FORMULAS.map((text) => [text, `'${text}`])),
      'behind what ends a cell': BEHIND,
    },
  );
  csv.answers(
    'the same with formulas=raw',
    '200, as they are',
    async (texts) => {
      assert.deepEqual(
        await written([Object.fromEntries(texts.map((text) => [text, text]))], '&formulas=raw'),
        [texts, texts],
      );
    },
    { 'at the beginning': FORMULAS, 'behind what ends a cell': Object.keys(BEHIND) },
  );
  csv.answers(
    'negative numbers, telephone numbers, dates, dashes and names',
    '200, as they are',
    async () => {
      assert.deepEqual(await written(PLAIN.map((text) => ({ a: text, b: -5, c: -1.5 }))), [
        ['a', 'b', 'c'],
        ...PLAIN.map((text) => [text, '-5', '-1.5']),
      ]);
    },
  );
  csv.answers(
    'keys that differ by apostrophes, dots or escapes only',
    '200, a column each',
    async (keys) => {
      const [header, row] = await written([Object.fromEntries(keys.map((key, at) => [key, at]))]);
      assert.deepEqual([new Set(header).size, row], [keys.length, keys.map((_, at) => String(at))]);
    },
    {
      apostrophes: ['=a', "'=a", "''=a", "'a", 'a'],
      escapes: ['\ud83d', `${BACKSLASH}ud83d`, `${BACKSLASH}${BACKSLASH}ud83d`, `${BACKSLASH}\ud83d`],
      dots: ['a.b', 'a', '.', ''],
    },
  );
  csv.answers(
    'null, empty texts and records without any key',
    '200, a row each',
    async ([records, expected, query]) => {
      const [document] = await documents(records, [query ?? '']);
      assert.equal(document, expected);
    },
    {
      'one column': [[{ a: 1 }, { a: null }, { a: '' }, {}, { a: 3 }], 'a\r\n1\r\n""\r\n""\r\n""\r\n3\r\n'],
      'no key': [[{}, {}], '""\r\n""\r\n""\r\n'],
      'key without a name': [[{ '': null }], '""\r\n""\r\n'],
      'two columns': [[{ a: null, b: '' }, {}], 'a,b\r\n,""\r\n,\r\n'],
      'null named': [[{ a: null, b: 'NULL' }, { b: '' }], 'a,b\r\nNULL,"NULL"\r\n,""\r\n', '&null=NULL'],
      'byte order mark': [[{ a: 1 }], '\ufeffa\r\n1\r\n', '&bom=true'],
    },
  );
  csv.answers(
    'any table, sent back to the service',
    '201, the same cells',
    async (records) => {
      for (const document of await documents(records, ['&formulas=raw', '&formulas=raw&bom=true'])) {
        await withDataset(
          ask('POST', '/api/v1/datasets?name=back.csv', {
            headers: { 'Content-Type': 'text/csv' },
            body: document,
          }),
          async ({ id }) => {
            const { items } = await accepted(json('GET', `/api/v1/datasets/${id}/records`), 200);
            assert.deepEqual(
              items.map(({ raw, ...item }) => raw ?? item),
              records,
            );
          },
        );
      }
    },
    {
      awkward: [{ '=a': '=1', ';': 'a;b', '\ufeffx': '\ufeff', '': ' ', 'a\nb': 'x\r\ny\rz', '"': '""' }],
      'one column': [{ a: '' }, { a: 'x' }, { a: '' }],
      'like another file': [{ 'PK\u0003\u0004': '1', b: '2' }],
      'like JSON': [{ '[1]': '{', b: '}' }],
      '16,384 columns': [Object.fromEntries(Array.from({ length: 16_384 }, (_, n) => [`c${n}`, 'x']))],
    },
  );
  csv.answers(
    'more than 16,384 keys, or keys of more than 1,000,000 characters together',
    '422 OUT_OF_RANGE',
    async ([keys, length]) => {
      const record = Object.fromEntries(
        Array.from({ length: keys }, (_, n) => [`c${n}`.padEnd(length, 'x'), 1]),
      );
      const run = await submit((await upload(JSON.stringify([record]))).id, SOURCE);
      await end(run.id);
      assertProblem(await ask('GET', `/api/v1/runs/${run.id}/results?format=csv`), 422, 'OUT_OF_RANGE');
      await remove(run);
    },
    { keys: [16_385, 0], characters: [20, 60_000] },
  );
});
