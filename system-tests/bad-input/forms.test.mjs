// Forms that submit a run: parts that are missing, twice, unknown, cut off or far too many.
import assert from 'node:assert/strict';
import { accepted, assertSoon, section } from './documented.mjs';
import { ask, exchange } from './exchange.mjs';
import { BOUNDARY, DATASET, PIPELINE, part, UNFINISHED } from './form-parts.mjs';
import { remove, SOURCE } from './sound.mjs';

const MEBIBYTE = 2 ** 20;

function typed(content, fileName, type) {
  return part('dataset', content, fileName).replace(
    '\r\n\r\n',
    type ? `\r\nContent-Type: ${type}\r\n\r\n` : '\r\n\r\n',
  );
}

function send(parts, end = `--${BOUNDARY}--\r\n`) {
  return raw(parts.join('') + end);
}

function raw(body, type = `multipart/form-data; boundary=${BOUNDARY}`) {
  return ask('POST', '/api/v1/runs', { headers: { 'Content-Type': type }, body });
}

section('Forms', (forms) => {
  forms.refuses('a part that is missing', '400 MISSING_PART', send, {
    dataset: [PIPELINE],
    pipeline: [DATASET],
    'a script that a step names': [part('pipeline', UNFINISHED, 'p.json'), DATASET],
    all: [part('batch_size', '5')],
  });
  forms.refuses('a part that stands twice', '400 DUPLICATE_PART', send, {
    dataset: [PIPELINE, DATASET, DATASET],
    pipeline: [PIPELINE, PIPELINE, DATASET],
  });
  forms.refuses('a part of another name', '400 UNKNOWN_PART', send, {
    data: [PIPELINE, part('data', '[]', 'data.json')],
    'script without number': [PIPELINE, DATASET, part('main', SOURCE)],
    'script of no step': [PIPELINE, DATASET, part('main_7', SOURCE, 'main.py')],
    path: [PIPELINE, DATASET, part('../../main_0', SOURCE, 'main.py')],
  });
  forms.refuses('a form without a boundary', '400 MISSING_PART', (body) => raw(body, 'multipart/form-data'), {
    'no boundary': PIPELINE + DATASET,
  });
  forms.refuses(
    'a form that is cut off, or with parts that are none',
    '400 INVALID_REQUEST',
    ([body, type]) => raw(body, type),
    {
      'another boundary': [`${PIPELINE + DATASET}--${BOUNDARY}--`, 'multipart/form-data; boundary=other'],
      empty: [''],
      'no end': [PIPELINE + DATASET],
      'cut in a header': [`${PIPELINE}--${BOUNDARY}\r\nContent-Dispo`],
      garbage: ['garbage'],
      'no name': [
        `${PIPELINE}--${BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nv\r\n--${BOUNDARY}--\r\n`,
      ],
    },
  );
  forms.answers(
    'a form larger than the free space, before anything is read',
    '507 or 413, soon',
    async (length) => {
      const head = `POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${length}\r\n\r\n--${BOUNDARY}`;
      const answer = await exchange([head]);
      assert.ok([413, 507].includes(answer.status), `${answer.status} ${answer.text}`);
      assertSoon(answer);
    },
    { '2^50': 2 ** 50, '17 GB': 17_179_869_185 },
  );
  forms.refuses('scripts and pipeline of more than 18 MiB together', '413 TOO_LARGE', send, {
    pipeline: [part('pipeline', ' '.repeat(19 * MEBIBYTE), 'p.json'), DATASET],
    scripts: [
      PIPELINE,
      DATASET,
      ...Array.from({ length: 80 }, (_, n) =>
        part(`main_${n}`, `#${'x'.repeat(MEBIBYTE / 4 - 1)}`, 'main.py'),
      ),
    ],
  });
  forms.answers(
    '10,000 parts, or a header of a part of 1 MB',
    '400 or 413, soon',
    async (body) => {
      const answer = await raw(body);
      assert.ok([400, 413].includes(answer.status), `${answer.status} ${answer.text}`);
      assertSoon(answer);
    },
    {
      parts: `${Array.from({ length: 10_000 }, (_, n) => part(`part${n}`, 'x')).join('')}--${BOUNDARY}--\r\n`,
      header: `${part('x'.repeat(MEBIBYTE), 'x')}--${BOUNDARY}--\r\n`,
    },
  );
  forms.refuses(
    'a dataset that is broken',
    '400 INVALID_JSON',
    (content) => send([PIPELINE, part('dataset', content, 'dataset.json')]),
    {
      'cut off': '[{"a": 1}, ',
      'broken later': `[${'{"a": 1},'.repeat(10_000)}oops]`,
    },
  );
  forms.refuses(
    'an empty file as dataset',
    '400 EMPTY_BODY',
    (content) => send([PIPELINE, part('dataset', content, 'dataset.json')]),
    { empty: '' },
  );
  forms.refuses(
    'no zip archive, but called dataset.json and begun like one',
    '400 INVALID_ARCHIVE',
    (content) => send([PIPELINE, part('dataset', content, 'dataset.json')]),
    { zip: 'PK\x03\x04rest' },
  );
  forms.answers(
    'a table, lines or gzip, by the type of the part, the name or the content',
    '202',
    async ([content, fileName, type]) => {
      const run = await accepted(send([PIPELINE, typed(content, fileName, type)]), 202);
      assert.equal(run.dataset.records, 2);
      await remove(run);
    },
    {
      'type of the part': ['a\n1\n2\n', '-', 'text/csv'],
      name: ['a\n1\n2\n', 'data.csv'],
      content: ['a;b\n1;2\n3;4\n', 'data.txt', 'text/plain'],
      lines: ['{"a": 1}\n{"a": 2}\n', 'data.json', 'application/json'],
      sequence: ['\u001e{"a": 1}\n\u001e{"a": 2}\n', 'data', 'application/json-seq'],
      tabs: ['a\tb\n1\t2\n3\t4\n', 'data.tab', 'application/octet-stream'],
    },
  );
  forms.refuses(
    'a dataset of another type or charset',
    '415 UNSUPPORTED_TYPE',
    (type) => send([PIPELINE, typed('[{"a": 1}]', 'data.json', type)]),
    {
      image: 'image/png',
      charset: 'application/json; charset=utf-16',
      page: 'text/html',
    },
  );
  forms.refuses(
    'a separator or a path that cannot be one, as a part',
    '400 INVALID_PARAMETER',
    (more) => send([PIPELINE, DATASET, more]),
    {
      separator: part('separator', 'ab'),
      records: part('records', 'features'),
    },
  );
  forms.refuses(
    'a batch_size that is no whole number',
    '400 WRONG_TYPE',
    (size) => send([PIPELINE, DATASET, part('batch_size', size)]),
    {
      text: 'ten',
      half: '1.5',
      blank: ' ',
      exponent: '1e3',
      'other digits': '１２',
    },
  );
  forms.refuses(
    'a batch_size below 1 or above 1,000,000',
    '422 OUT_OF_RANGE',
    (size) => send([PIPELINE, DATASET, part('batch_size', size)]),
    {
      zero: '0',
      negative: '-1',
      'too large': '1000001',
      '2^31': '2147483648',
      '20 digits': '9'.repeat(20),
    },
  );
  forms.refuses(
    'a pipeline that is no JSON',
    '400 INVALID_JSON',
    (content) => send([part('pipeline', content, 'p.json'), DATASET]),
    { text: 'steps: []', 'cut off': '{"name": ' },
  );
  forms.refuses(
    'a pipeline with a field that is unknown',
    '400 UNKNOWN_FIELD',
    (content) => send([part('pipeline', content, 'p.json'), DATASET]),
    { stepz: '{"name": "x", "stepz": []}' },
  );
});
