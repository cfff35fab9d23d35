// What a run may ask for about model calls, and what is asked about them. Needs no upstream: what cannot be is refused before one is needed.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { accepted, assertProblem, section } from './documented.mjs';
import { ask, json } from './exchange.mjs';
import { end, pipelineOf, remove, SOURCE, submit, upload } from './sound.mjs';

const FOREIGN = ['0', '0.00', '-1', '+1', '1e3', '1,5', '$5', '5.', '.5', 'NaN', '', ' ', '9'.repeat(500)];
const BUDGETS = [...FOREIGN, '0.0000000000001', '1000000.1', '1000001', '٣'];

let dataset;
let run;

// The value stands in the text as it is, so that it may be what JSON.stringify would not write.
const send = ([field, value]) => sendOptions(`{"${field}": ${value}}`);

const sendOptions = (options) =>
  json(
    'POST',
    '/api/v1/runs',
    `{"datasetId": "${dataset}", "pipeline": ${JSON.stringify(pipelineOf())}, "llm": ${options}}`,
  );

const save = ([field, value]) =>
  json(
    'POST',
    '/api/v1/pipelines',
    JSON.stringify(pipelineOf()).replace(/\}$/u, `, "llm": {"${field}": ${value}}}`),
  );

const resume = (body) => json('POST', `/api/v1/runs/${run.id}/resume`, body);
const calls = (query) => ask('GET', `/api/v1/runs/${run.id}/llm/calls?${query}`);

function valuesOf(field, values) {
  return Object.fromEntries(values.map((value) => [`${field} ${value}`.slice(0, 60), [field, value]]));
}

function named(values) {
  return Object.fromEntries(values.map((value) => [value.slice(0, 60), value]));
}

function pointsTo({ errors }, name) {
  assert.ok(
    errors.some(({ pointer }) => pointer.startsWith(`/llm/${name.split(' ')[0]}`)),
    JSON.stringify(errors),
  );
}

const texts = (values) => values.map((value) => JSON.stringify(value));

section('Model calls of runs', (options) => {
  before(async () => {
    dataset = (await upload()).id;
    run = await submit((await upload()).id, SOURCE);
    await end(run.id);
  });
  after(async () => {
    await remove(run);
    assert.equal((await ask('DELETE', `/api/v1/datasets/${dataset}`)).status, 204);
  });

  options.refuses(
    'a budget that is 0, negative, above a million, no plain decimal, or finer than 12 digits',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('budget', texts(BUDGETS)),
    pointsTo,
  );
  options.refuses(
    'a budget as a number, models as text, options of another type',
    '400 WRONG_TYPE',
    send,
    {
      ...valuesOf('budget', ['5', '5.0', 'true', '[]', '{}']),
      ...valuesOf('models', ['"m"', '{}', '[1]', '[["m"]]']),
      ...valuesOf('maxOutputTokens', ['"1"', '1.5', 'true', '[]']),
      ...valuesOf('upstream', ['1', '[]']),
      ...valuesOf('cache', ['true', '{}']),
    },
    pointsTo,
  );
  options.refuses(
    'model options that are no object',
    '400 WRONG_TYPE',
    sendOptions,
    named(['[]', '1', 'true', '"on"']),
  );
  options.refuses('an option that is unknown, such as a key', '400 UNKNOWN_FIELD', send, {
    ...valuesOf('apiKey', ['"sk-1"']),
    ...valuesOf('Budget', ['"1"']),
  });
  options.refuses(
    'an option twice',
    '400 DUPLICATE_KEY',
    sendOptions,
    named(['{"budget": "1", "budget": "2"}']),
  );
  options.refuses(
    'models that are none, more than 100, named twice, or with blanks, control characters or no name',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('models', [
      '[]',
      JSON.stringify(Array.from({ length: 101 }, (_, index) => `m${index}`)),
      '["m", "m"]',
      '[null]',
      '[""]',
      '["a b"]',
      '["a\\n"]',
      '["a\\u0000"]',
      '["\\ud800"]',
      JSON.stringify(['m'.repeat(201)]),
    ]),
    pointsTo,
  );
  options.refuses(
    'maxOutputTokens below 0, above a million or beyond any integer',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('maxOutputTokens', [-1, 1000001, '9223372036854775807', '9'.repeat(400)]),
    pointsTo,
  );
  options.refuses(
    'another cache than off or exact',
    '422 OUT_OF_RANGE',
    send,
    valuesOf('cache', texts(['on', 'OFF', ''])),
    pointsTo,
  );
  options.refuses(
    'an upstream that is not configured, whatever its name',
    '422 UNKNOWN_UPSTREAM',
    send,
    valuesOf('upstream', texts(['nowhere', '', '../etc', 'a'.repeat(10_000), 'http://169.254.169.254/'])),
    pointsTo,
  );
  options.refuses(
    'the same in a saved pipeline',
    '422 INVALID_PIPELINE',
    save,
    {
      ...valuesOf('budget', ['"0"', '"much"']),
      ...valuesOf('models', ['[]']),
      ...valuesOf('maxOutputTokens', ['-1']),
      ...valuesOf('cache', ['"all"']),
    },
    pointsTo,
  );
  options.answers('llm that is null or missing', '202, no calls', async () => {
    const submitted = await accepted(sendOptions('null'), 202);
    assert.equal(submitted.llm, null);
    await end(submitted.id);
    assert.equal((await ask('DELETE', `/api/v1/runs/${submitted.id}`)).status, 204);
  });
  options.refuses(
    'resuming with a budget that cannot be one',
    '422 OUT_OF_RANGE',
    (budget) => resume(JSON.stringify({ budget })),
    named(BUDGETS),
  );
  options.refuses(
    'resuming with a budget as a number, or no object',
    '400 WRONG_TYPE',
    resume,
    named(['{"budget": 5}', '[]', '"5"']),
  );
  options.refuses(
    'resuming with a field that is unknown',
    '400 UNKNOWN_FIELD',
    resume,
    named(['{"llm": {}}', '{"Budget": "5"}']),
  );
  options.refuses(
    'resuming a run that is not paused',
    '409 CONFLICT',
    resume,
    named(['', '{}', '{"budget": "5"}']),
  );
  options.refuses(
    'a list of calls with a record, status, limit or cursor that is none',
    '400 INVALID_PARAMETER',
    calls,
    named([
      'record=-1',
      'record=x',
      'record=1.5',
      `record=${'9'.repeat(30)}`,
      'status=BROKEN',
      'status=%25',
      'limit=0',
      'limit=1001',
      'limit=x',
      'cursor=%21',
      'cursor=AAAA',
      `cursor=${'A'.repeat(2000)}`,
      'model=x',
      'record=1&record=2',
    ]),
  );
  options.answers('the calls of a run that makes none', '200, none', async () => {
    assert.deepEqual(await accepted(calls('limit=1000'), 200), { calls: [], next: null });
    assert.deepEqual(await accepted(ask('GET', `/api/v1/runs/${run.id}/llm`), 200), {
      stages: [],
      slowest: [],
      dearest: [],
      failed: [],
    });
  });
  options.refuses(
    'calls, or resuming, of a run that does not exist',
    '404 NOT_FOUND',
    ([method, path]) =>
      ask(method, `/api/v1/runs/00000000-0000-0000-0000-000000000000/${path}`, {
        headers: method === 'POST' ? { 'Content-Type': 'application/json' } : {},
      }),
    { sums: ['GET', 'llm'], calls: ['GET', 'llm/calls'], resume: ['POST', 'resume'] },
  );
  options.answers('a check of an upstream that is not configured', '404 NOT_FOUND', async () => {
    assertProblem(await json('POST', '/api/v1/llm/upstreams/nowhere/check', ''), 404, 'NOT_FOUND');
  });
});
