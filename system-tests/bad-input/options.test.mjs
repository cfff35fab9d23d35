// What a run may ask for: sizes, times, counts and choices.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { assertProblem, section } from './documented.mjs';
import { ask, json } from './exchange.mjs';
import { end, pipelineOf, SOURCE, submit, upload } from './sound.mjs';

const NOBODY = '00000000-0000-0000-0000-000000000000';

let dataset;

// The value stands in the text as it is, so that it may be what JSON.stringify would not write.
function send([field, value]) {
  return json(
    'POST',
    '/api/v1/runs',
    `{"datasetId": "${dataset}", "pipeline": ${JSON.stringify(pipelineOf())}, "${field}": ${value}}`,
  );
}

function valuesOf(field, values) {
  return Object.fromEntries(values.map((value) => [`${field} ${value}`, [field, value]]));
}

function pointsTo({ errors }, name) {
  assert.ok(
    errors.some(({ pointer }) => pointer === `/${name.split(' ')[0]}`),
    JSON.stringify(errors),
  );
}

section('Options of runs', (options) => {
  before(async () => (dataset = (await upload()).id));
  after(async () => assert.equal((await ask('DELETE', `/api/v1/datasets/${dataset}`)).status, 204));

  options.refuses(
    'a batchSize below 1, above 1,000,000 or beyond any integer',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('batchSize', [0, -1, 1000001, 2147483648, '9223372036854775808', '9'.repeat(500)]),
    pointsTo,
  );
  options.refuses(
    'a whole number as fraction, text, true, list or object',
    '400 WRONG_TYPE',
    send,
    {
      ...valuesOf('batchSize', ['1.5', '1.0', '1e2', '"5"', '""', 'true', '[]', '[5]', '{}']),
      ...valuesOf('maxParallelBatches', ['"2"', '2.5']),
      ...valuesOf('recordConcurrency', ['0.5', 'false']),
      ...valuesOf('pipelineVersion', ['"1"', '1.5']),
    },
    pointsTo,
  );
  options.refuses('numbers that JSON does not have', '400 INVALID_JSON', send, {
    ...valuesOf('batchSize', ['NaN', '01', '+1', '0x10', '1_000']),
    ...valuesOf('recordTimeoutSeconds', ['Infinity', '-Infinity', '.5']),
  });
  options.refuses(
    'a recordTimeoutSeconds of 0 or less, above ten minutes, or 1e400',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('recordTimeoutSeconds', [
      0,
      -1,
      '0.0001',
      601,
      3601,
      '1e400',
      '-1e400',
      '1e-400',
      '1e999999999',
    ]),
    pointsTo,
  );
  options.refuses(
    'a recordTimeoutSeconds as text',
    '400 WRONG_TYPE',
    send,
    valuesOf('recordTimeoutSeconds', ['"60"', 'true', '[]']),
    pointsTo,
  );
  options.refuses(
    'maxParallelBatches or recordConcurrency out of their range',
    '422 OUT_OF_RANGE',
    send,
    {
      ...valuesOf('maxParallelBatches', [0, -1, 1025, 2147483648]),
      ...valuesOf('recordConcurrency', [0, -1, 33, 2147483648]),
    },
    pointsTo,
  );
  options.refuses(
    'toleratedFailures that are no count and no share up to 100%',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('toleratedFailures', [
      -1,
      1.5,
      '"101%"',
      '"-1%"',
      '"NaN%"',
      '"ten"',
      '"10 %"',
      '{}',
      '[]',
      'true',
      '9223372036854775808',
    ]),
    pointsTo,
  );
  options.refuses(
    'another trace or isolation than there are, or a bad name',
    '422 OUT_OF_RANGE',
    send,
    {
      ...valuesOf('trace', ['"some"', '""', '"ALL"']),
      ...valuesOf('isolation', ['"none"']),
      ...valuesOf('name', ['""', '" "', '"a\\u0000b"', `"${'x'.repeat(201)}"`]),
    },
    pointsTo,
  );
  options.refuses(
    'a field that is unknown',
    '400 UNKNOWN_FIELD',
    send,
    {
      ...valuesOf('batchsize', [5]),
      ...valuesOf('image', ['"python;rm"']),
      ...valuesOf('memory', [0]),
      ...valuesOf('webhook', ['"http://127.1"']),
      ...valuesOf('egress', ['"*"']),
    },
    pointsTo,
  );
  options.answers(
    'options that are missing or null',
    '202, the defaults are told',
    async (given) => {
      const run = await submit(dataset, SOURCE, given);
      assert.equal(run.batchSize, 100);
      await end(run.id);
      assert.equal((await ask('DELETE', `/api/v1/runs/${run.id}`)).status, 204);
    },
    {
      missing: {},
      null: {
        batchSize: null,
        maxParallelBatches: null,
        recordConcurrency: null,
        recordTimeoutSeconds: null,
        toleratedFailures: null,
        trace: null,
        isolation: null,
      },
    },
  );
  options.refuses(
    'a run without datasetId or pipeline',
    '422 MISSING_FIELD',
    (body) => json('POST', '/api/v1/runs', body),
    {
      nothing: {},
      'no dataset': { pipeline: pipelineOf() },
      null: { datasetId: null, pipeline: pipelineOf() },
    },
  );
  options.refuses(
    'a datasetId that is no UUID',
    '400 WRONG_TYPE',
    (datasetId) => json('POST', '/api/v1/runs', { datasetId, pipeline: pipelineOf() }),
    {
      text: 'x',
      empty: '',
      number: 5,
      path: '../../x',
      '36 characters': 'z'.repeat(36),
    },
  );
  options.refuses(
    'a dataset or pipeline that does not exist',
    '404 NOT_FOUND',
    (body) => json('POST', '/api/v1/runs', body()),
    {
      dataset: () => ({ datasetId: NOBODY, pipeline: pipelineOf() }),
      pipeline: () => ({ datasetId: dataset, pipelineId: NOBODY }),
    },
  );
  options.answers('more than 200,000 batches', '422 OUT_OF_RANGE', async () => {
    const { id } = await upload(`[${'{},'.repeat(200_000)}{}]`);
    assertProblem(
      await json('POST', '/api/v1/runs', { datasetId: id, pipeline: pipelineOf(), batchSize: 1 }),
      422,
      'OUT_OF_RANGE',
    );
    assert.equal((await ask('DELETE', `/api/v1/datasets/${id}`)).status, 204);
  });
  options.refuses(
    'a trial of a record that is nested too deeply',
    '400 TOO_DEEP',
    (record) =>
      json('POST', '/api/v1/try', `{"pipeline": ${JSON.stringify(pipelineOf())}, "records": [${record}`),
    {
      objects: '{"a":'.repeat(100_000),
      lists: `{"a":${'['.repeat(100_000)}`,
    },
  );
  options.answers(
    'a trial of records with half of a surrogate pair or NUL in keys',
    '200, the value with the same keys',
    async (record) => {
      const { status, text } = await json(
        'POST',
        '/api/v1/try',
        `{"pipeline": ${JSON.stringify(pipelineOf())}, "records": [${record}]}`,
      );
      assert.equal(status, 200, text);
      assert.deepEqual(JSON.parse(text).records[0].raw, JSON.parse(record));
      assert.equal(JSON.parse(text).records[0].status, 'SUCCEEDED', text);
    },
    { high: '{"\\ud83d": 1}', low: '{"a": [{"\\udc00b": 2}]}', NUL: '{"a\\u0000": 3}' },
  );
  options.refuses(
    'a trial of no records or of 101 records',
    '422 OUT_OF_RANGE',
    (records) => json('POST', '/api/v1/try', { pipeline: pipelineOf(), records }),
    {
      none: [],
      many: Array.from({ length: 101 }, () => ({})),
      null: null,
    },
  );
  options.refuses(
    'a trial of what is no record',
    '422 NOT_A_RECORD_LIST',
    (records) => json('POST', '/api/v1/try', { pipeline: pipelineOf(), records }),
    {
      number: [1],
      null: [null],
      list: [[]],
    },
  );
});
