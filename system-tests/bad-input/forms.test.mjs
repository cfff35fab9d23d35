// Forms that submit a run: parts that are missing, twice, unknown, cut off or far too many; and the lenient form of the seed system.
import assert from 'node:assert/strict';
import { accepted, assertSoon, section } from './documented.mjs';
import { ask, exchange } from './exchange.mjs';
import { end, pipelineOf, remove, SOURCE } from './sound.mjs';

const MEBIBYTE = 2 ** 20;
const BOUNDARY = 'edge';
const PIPELINE = part('pipeline', JSON.stringify(pipelineOf()), 'pipeline.json');
const DATASET = part('dataset', '[{"a": 1}]', 'dataset.json');
const UNFINISHED = JSON.stringify({ name: 'form', steps: [{ name: 'one', main_script: 'main.py' }] });

function part(name, content, fileName) {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"` : ''}\r\n\r\n${content}\r\n`;
}

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
    'a zip archive called dataset.json',
    '415 UNSUPPORTED_TYPE',
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
      zip: 'application/zip',
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

const SCRIPT = part('main_0', SOURCE, 'chosen.py');
const NOT_CHOSEN = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="pre_0"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n`;

function seedForm(parts, query = '') {
  const body = `${parts.join('')}--${BOUNDARY}--\r\n`;
  return ask('POST', `/submit_pipeline${query}`, {
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body,
  });
}

function definition(changes = {}, step = {}) {
  return part(
    'pipeline_definition_json',
    JSON.stringify({
      pipeline_name: 'seed',
      steps: [{ name: 'one', main_script: 'main.py', ...step }],
      ...changes,
    }),
    'definition.json',
  );
}

async function runsAsSubmitted([parts, query]) {
  const { request_id: id } = await accepted(seedForm(parts, query), 200);
  const run = await end(id);
  assert.equal(run.status, 'SUCCEEDED');
  const { results } = await accepted(ask('GET', `/get_result/${id}${query ?? ''}`), 200);
  assert.deepEqual(results, [{ raw: { a: 1 }, main_one: { a: 1 } }]);
  await remove(run);
}

section('The form of the seed system', (seed) => {
  seed.answers(
    'parts, JSON members and query parameters that the seed system did not know',
    '200, ignored',
    runsAsSubmitted,
    {
      parts: [
        [
          definition(),
          SCRIPT,
          DATASET,
          part('owner', 'x'),
          part('owner', 'y'),
          part('notes', 'text', 'notes.txt'),
          part('main_7', SOURCE, 'unused.py'),
          part('../main', 'x'),
        ],
      ],
      members: [
        [
          definition(
            { owner: { a: [1] }, version: 2 },
            { row: 1, main_script: {}, pre_script: null, post_script: '' },
          ),
          SCRIPT,
          DATASET,
        ],
      ],
      'query parameters': [[definition(), SCRIPT, DATASET], '?debug=true&debug=1'],
      'a pipeline beside the definition': [
        [part('pipeline', 'no JSON at all', 'p.json'), definition(), SCRIPT, DATASET],
      ],
    },
  );
  seed.answers(
    'empty parts for scripts, a batch size or a definition that were not chosen',
    '200, as without them',
    runsAsSubmitted,
    {
      scripts: [
        [
          definition(),
          SCRIPT,
          NOT_CHOSEN,
          NOT_CHOSEN.replace('pre_0', 'post_0'),
          NOT_CHOSEN.replace('pre_0', 'main_1'),
          DATASET,
        ],
      ],
      'batch size': [[definition(), SCRIPT, DATASET, part('batch_size', '')]],
      definition: [
        [part('pipeline', UNFINISHED, 'p.json'), part('pipeline_definition_json', ''), SCRIPT, DATASET],
      ],
    },
  );
  seed.refuses('a part that is missing', '400 MISSING_PART', seedForm, {
    dataset: [definition(), SCRIPT],
    definition: [SCRIPT, DATASET],
    script: [definition(), DATASET],
    'a script that a step names': [definition({}, { pre_script: 'pre.py' }), SCRIPT, DATASET],
  });
  seed.refuses('a definition that is no JSON', '400 INVALID_JSON', seedForm, {
    text: [part('pipeline_definition_json', 'steps: []'), SCRIPT, DATASET],
  });
  seed.refuses('a definition with a value of another type', '400 WRONG_TYPE', seedForm, {
    steps: [definition({ steps: 'one' }), SCRIPT, DATASET],
    name: [definition({}, { name: 5 }), SCRIPT, DATASET],
    script: [definition({}, { main_script: 5 }), SCRIPT, DATASET],
  });
  seed.refuses(
    'a definition without steps, or with a step without a name',
    '422 INVALID_PIPELINE',
    seedForm,
    {
      'no steps': [definition({ steps: [] }), DATASET],
      'no name': [definition({}, { name: null }), SCRIPT, DATASET],
    },
  );
  seed.refuses('a batch_size that is no whole number', '400 WRONG_TYPE', seedForm, {
    text: [definition(), SCRIPT, DATASET, part('batch_size', 'ten')],
  });
});
