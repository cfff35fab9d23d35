// The fixed shapes of the public API, asked of the service at SERVICE_ADDRESS as a stranger would ask.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../harness/client.mjs';

const service = process.env.SERVICE_ADDRESS;
const client = new Client(service);
const rows = Array.from({ length: 25 }, (_, n) => ({ n, word: `w${n}` }));
const preSource = "def transform(r):\n    r['pre'] = True\n    return r\n";
const mainSource =
  "def transform(r):\n    if r['n'] == 7:\n        raise RuntimeError('seven')\n    if r['n'] == 8:\n        raise SkipRecord('eight')\n    return {**r, 'double': r['n'] * 2}\n";
const pipeline = {
  name: 'contract',
  steps: [
    {
      name: 'one',
      pre: { name: 'pre.py', source: preSource },
      main: { name: 'main.py', source: mainSource },
    },
  ],
};

describe('a dataset', () => {
  test('is described when it is stored', async () => {
    const { status, body } = await call('POST', '/api/v1/datasets?name=contract', { json: rows });

    assert.equal(status, 201);
    assertKeys(body, ['id', 'name', 'format', 'records', 'bytes', 'sha256', 'fields', 'createdAt']);
    assert.equal(body.records, 25);
  });

  test('keeps numbers as they were written', async () => {
    const exact = '[{"price": 1.10, "big": 1234567890123456789012345678901234567890}]';
    const stored = await call('POST', '/api/v1/datasets?name=exact', { text: exact });

    const response = await fetch(`${service}/api/v1/datasets/${stored.body.id}/records?offset=0&limit=10`);

    const text = await response.text();
    assert.match(text, /1\.10/);
    assert.match(text, /1234567890123456789012345678901234567890/);
  });

  test('that is broken is refused with its place', async () => {
    const { status, type, body } = await call('POST', '/api/v1/datasets?name=broken', {
      text: '[{"a": 1},\n{"a": }]',
    });

    assert.equal(status, 400);
    assert.match(type, /^application\/problem\+json/);
    assert.equal(body.code, 'INVALID_JSON');
    assert.equal(body.position.line, 2);
  });

  test('without records is refused', async () => {
    const { status } = await call('POST', '/api/v1/datasets?name=empty', { text: '[]' });

    assert.equal(status, 422);
  });
});

describe('a run', () => {
  let run;
  let etag;

  before(async () => {
    const dataset = await call('POST', '/api/v1/datasets?name=contract', { json: rows });
    const submitted = await call('POST', '/api/v1/runs', {
      json: { datasetId: dataset.body.id, pipeline, batchSize: 10 },
    });
    assert.equal(submitted.status, 202);
    assert.match(submitted.headers.get('Location'), new RegExp(`/api/v1/runs/${submitted.body.id}$`));
    run = await client.waitUntilFinal(submitted.body.id, { onProgress: assertAddsUp });
    etag = (await call('GET', `/api/v1/runs/${run.id}`)).headers.get('ETag');
  });

  test('ends with counts of records and batches', () => {
    assertKeys(run, [
      'id',
      'name',
      'status',
      'pipeline',
      'dataset',
      'batchSize',
      'records',
      'batches',
      'createdAt',
      'startedAt',
      'finishedAt',
    ]);
    assert.equal(run.status, 'PARTIAL');
    assert.deepEqual(run.records, {
      total: 25,
      succeeded: 23,
      failed: 1,
      skipped: 1,
      cancelled: 0,
      pending: 0,
    });
    assert.equal(run.batches.total, 3);
    assert.equal(run.batches.succeeded, 3);
  });

  test('costs nothing to look at again', async () => {
    const response = await fetch(`${service}/api/v1/runs/${run.id}`, { headers: { 'If-None-Match': etag } });

    assert.equal(response.status, 304);
  });

  test('pages through its records', async () => {
    const { body } = await call('GET', `/api/v1/runs/${run.id}/records?offset=5&limit=4`);

    assertKeys(body, ['items', 'offset', 'limit', 'total']);
    assert.deepEqual(
      body.items.map((record) => record.index),
      [5, 6, 7, 8],
    );
    assert.deepEqual(
      body.items.map((record) => record.status),
      ['SUCCEEDED', 'SUCCEEDED', 'FAILED', 'SKIPPED'],
    );
    assertKeys(body.items[0].stages[0], ['step', 'stage', 'value', 'ms']);
    assertKeys(body.items[2].error, ['step', 'stage', 'type', 'message', 'traceback', 'script', 'line']);
    assert.equal(body.items[2].error.line, 3);
  });

  test('filters its records by status', async () => {
    const { body } = await call('GET', `/api/v1/runs/${run.id}/records?status=FAILED`);

    assert.deepEqual(
      body.items.map((record) => record.index),
      [7],
    );
  });

  test('tells of its batches, their logs and its failures', async () => {
    const batches = await call('GET', `/api/v1/runs/${run.id}/batches`);
    const log = await fetch(`${service}/api/v1/runs/${run.id}/batches/0/log`);
    const failures = await call('GET', `/api/v1/runs/${run.id}/failures`);

    assert.equal(batches.body.items.length, 3);
    assert.equal(log.status, 200);
    assert.equal(failures.status, 200);
  });

  test('gives the states of every record in input order', async () => {
    const response = await fetch(`${service}/api/v1/runs/${run.id}/results?format=ndjson&view=states`);

    const states = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(states.length, 25);
    assert.deepEqual(Object.keys(states[0]), ['raw', 'pre_one', 'main_one']);
    assert.deepEqual(
      states.map((state) => state.raw),
      rows,
    );
    assert.deepEqual(Object.keys(states[7]), ['raw', 'pre_one', 'error']);
    assert.equal(states[8].skipped, 'eight');
  });

  test('gives the final values as JSON and CSV', async () => {
    const values = await call('GET', `/api/v1/runs/${run.id}/results?format=json&view=final`);
    const csv = await fetch(`${service}/api/v1/runs/${run.id}/results?format=csv&view=final`);

    assert.equal(values.body.length, 23);
    assert.deepEqual(values.body[1], { n: 1, word: 'w1', pre: true, double: 2 });
    assert.equal(csv.status, 200);
    assert.equal((await csv.text()).trimEnd().split(/\r?\n/).length, 24);
  });

  test('stands in the list of runs', async () => {
    const { body } = await call('GET', '/api/v1/runs?limit=100');

    assertKeys(body, ['items', 'nextCursor']);
    assert.ok(body.items.some((item) => item.id === run.id));
  });

  test('that does not exist is a problem document', async () => {
    const { status, type, body } = await call('GET', `/api/v1/runs/${randomUUID()}`);

    assert.equal(status, 404);
    assert.match(type, /^application\/problem\+json/);
    assertKeys(body, ['type', 'title', 'status', 'detail', 'code']);
  });

  test('keeps the memory that was asked for beside its pipeline, also when it is retried', async () => {
    const dataset = await call('POST', '/api/v1/datasets?name=contract', { json: rows });
    const submitted = await call('POST', '/api/v1/runs', {
      json: {
        datasetId: dataset.body.id,
        pipeline: { ...pipeline, environment: { memoryMegabytes: 200 } },
        environment: { memoryMegabytes: 300 },
      },
    });
    const asked = { packages: [], memoryMegabytes: 300 };
    const ended = await client.waitUntilFinal(submitted.body.id);
    assert.equal(ended.status, 'PARTIAL');
    assert.equal(ended.environment, null);
    assert.deepEqual(ended.pipeline.environment, asked);

    await call('POST', `/api/v1/runs/${ended.id}/retry`, { json: { pipeline } });

    const retried = await client.waitUntilFinal(ended.id);
    assert.equal(retried.retries, 1);
    assert.deepEqual(retried.pipeline.environment, asked);
  });

  test('with an unknown field is refused', async () => {
    const { status } = await call('POST', '/api/v1/runs', {
      json: { datasetId: randomUUID(), pipeline, batchsize: 10 },
    });

    assert.equal(status, 400);
  });
});

describe('the endpoints of the former system', () => {
  test('take a form and give the table of states', async () => {
    const definition = {
      name: 'seed',
      steps: [{ name: 'cap', main_script: 'main.py', pre_script: 'pre.py', post_script: null }],
    };
    const form = new FormData();
    form.set('pipeline', file(JSON.stringify(definition)), 'pipeline.json');
    form.set('dataset', file(JSON.stringify(rows)), 'dataset.json');
    form.set('batch_size', '10');
    form.set('main_3', file(mainSource), 'main.py');
    form.set('pre_3', file(preSource), 'pre.py');

    const response = await fetch(`${service}/submit_pipeline`, { method: 'POST', body: form });

    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    assertKeys(answer, ['request_id', 'status', 'message']);
    assert.equal(answer.status, 'processing_started');
    const { request_id, results } = await formerResults(answer.request_id, 25);
    assert.equal(request_id, answer.request_id);
    assert.deepEqual(Object.keys(results[0]), ['raw', 'pre_cap', 'main_cap']);
    assert.deepEqual(
      results.map((result) => result.raw),
      rows,
    );
  });

  test('say that a request is unknown', async () => {
    const { status, body } = await call('GET', `/get_result/${randomUUID()}`);

    assert.equal(status, 404);
    assertKeys(body, ['detail']);
  });
});

async function formerResults(id, count) {
  for (let look = 0; look < 300; look++) {
    const { status, body } = await call('GET', `/get_result/${id}`);
    if (status === 200 && body.results.length === count) {
      return body;
    }
    await pause(100);
  }
  throw new Error(`request ${id} has not ${count} results after 30 s`);
}

// The digest stands in application.properties; it changes with the version of Quarkus, and differs in its test mode.
describe('the API explorer', () => {
  test('may run its own inline script and no other', async () => {
    const response = await fetch(`${service}/q/swagger-ui/`);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy');

    const digests = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) =>
      createHash('sha256').update(script).digest('base64'),
    );

    assert.equal(digests.length, 1);
    assert.ok(policy.includes(`script-src 'self' 'sha256-${digests[0]}';`), `${policy} lacks ${digests[0]}`);
    assert.doesNotMatch(page, /\son[a-z]+\s*=\s*["']/i, 'no handlers in attributes');
  });
});

async function call(method, path, { json, text } = {}) {
  const content = json === undefined ? text : JSON.stringify(json);
  const options =
    content === undefined
      ? { method }
      : { method, body: content, headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(service + path, options);
  return {
    status: response.status,
    headers: response.headers,
    type: response.headers.get('Content-Type'),
    body: await response.json(),
  };
}

function file(content) {
  return new Blob([content]);
}

function assertKeys(thing, names) {
  assert.deepEqual(
    names.filter((name) => !(name in thing)),
    [],
    `missing in ${JSON.stringify(thing).slice(0, 300)}`,
  );
}

function assertAddsUp({ records }) {
  const { total, succeeded, failed, skipped, cancelled, pending } = records;
  assert.equal(succeeded + failed + skipped + cancelled + pending, total);
}
