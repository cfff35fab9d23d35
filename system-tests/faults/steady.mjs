// What a service does all day, over and over in a small heap: what it holds of the machine must not grow.
// usage: node steady.mjs MINUTES
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { resourcesOf } from '../harness/processes.mjs';
import { Service } from '../harness/service.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const HEAP = '-Xmx256m';
// What the last third of the time may hold more than the one before it, at its median.
const MOST_GROWTH = { megabytes: 25, descriptors: 10, threads: 5 };
const UPLOAD_BYTES = 64 * 1024 * 1024;

const minutes = Number(argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-steady-'));
const service = new Service(join(folder, 'data'), { JAVA_TOOL_OPTIONS: HEAP });

async function day() {
  const runs = [];
  for (const size of [
    { records: 20_000, batchSize: 5_000, seconds: 0 },
    { records: 1_000, seconds: 0 },
    { records: 200, seconds: 0.001 },
  ]) {
    runs.push(await new KnownRun(service, size).submit());
  }
  const cancelled = await new KnownRun(service, { records: 100_000, seconds: 0.01 }).submit();
  await Promise.all([...runs.map(lookAtAll), uploadsThatAreRefused(), uploadThatIsBrokenOff(), trial()]);
  await cancelled.cancel();
  for (const run of runs) {
    await run.retry();
    await run.assertWhole();
  }
  await cancelled.end();
  for (const run of [...runs, cancelled]) {
    await run.delete();
  }
}

async function lookAtAll(run) {
  await run.assertWhole();
  const address = `${service.address}/api/v1/runs/${run.id}`;
  const parts = [
    'batches?limit=1000',
    'batches/0/log',
    'batches/0/attempts',
    'failures',
    'records?status=FAILED',
    'results?format=csv',
    'results?format=json&view=states',
  ];
  for (const part of parts) {
    await assertAnswer(await fetch(`${address}/${part}`), 200);
  }
}

async function assertAnswer(response, status) {
  const text = await response.text();
  assert.equal(response.status, status, `${response.url}: ${text.slice(0, 300)}`);
}

async function uploadsThatAreRefused() {
  for (const [body, status] of [
    ['[{"a": 1', 400],
    ['not json', 400],
    ['[{"a": 1e}]', 400],
    ['[1, 2]', 422],
  ]) {
    await assertAnswer(await upload(body), status);
  }
}

async function uploadThatIsBrokenOff() {
  const piece = new TextEncoder().encode(`${JSON.stringify({ text: 'x'.repeat(1_000) })}\n`.repeat(1_000));
  async function* pieces() {
    for (let sent = 0; sent < UPLOAD_BYTES; sent += piece.length) {
      yield piece;
    }
    throw new Error('broken off on purpose');
  }
  await assert.rejects(upload(ReadableStream.from(pieces()), 'application/x-ndjson'));
}

function upload(body, type = 'application/json') {
  return fetch(`${service.address}/api/v1/datasets?name=steady`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
    duplex: 'half',
  });
}

async function trial() {
  const main = { name: 'main.py', source: 'def transform(record):\n    return record\n' };
  const body = JSON.stringify({
    pipeline: { name: 'tried', steps: [{ name: 'only', main }] },
    records: [{ n: 1 }, { n: 2 }],
  });
  const headers = { 'Content-Type': 'application/json' };
  await assertAnswer(await fetch(`${service.address}/api/v1/try`, { method: 'POST', headers, body }), 200);
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function assertFlat(samples) {
  const third = Math.floor(samples.length / 3);
  const [before, last] = [samples.slice(third, 2 * third), samples.slice(-third)];
  for (const [what, most] of Object.entries(MOST_GROWTH)) {
    const growth = median(last.map((one) => one[what])) - median(before.map((one) => one[what]));
    console.log(`${what}: ${growth} more in the last third than in the one before`);
    assert.ok(growth <= most, `${what} grew by ${growth}, at most ${most} are allowed`);
  }
}

const samples = [];
const started = Date.now();
console.log(
  `The work of all days for ${minutes} minutes with ${HEAP}. The log of the service is in ${folder}.`,
);
await service.start();
try {
  while (Date.now() - started < minutes * 60_000) {
    await day();
    samples.push(resourcesOf(service.processId));
    console.log(`${Math.round((Date.now() - started) / 1000)} s: ${JSON.stringify(samples.at(-1))}`);
  }
  await assertTidy(service);
  assert.deepEqual((await service.client.get('/api/v1/runs')).items, []);
  assert.deepEqual((await service.client.get('/api/v1/datasets')).items, []);
  assertFlat(samples);
} finally {
  await service.end('SIGTERM');
}
rmSync(folder, { recursive: true, force: true });
