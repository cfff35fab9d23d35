// Scripts that attack, each in a run of its own on a real service with real sandboxes. scripts/ holds one file for each row of
// docs/security.md, which says itself what must come of it; attempts.py is what they share. Beside each of them a harmless run goes on.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { containersOf } from '../harness/containers.mjs';
import { controlGroups, memoryOf } from '../harness/processes.mjs';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { ContainerWatch } from './container-watch.mjs';
import { KEY_OF_MODEL, ModelOfScripts } from './model-of-scripts.mjs';
import { assertRecord } from './record-check.mjs';
import { ServiceWatch } from './service-watch.mjs';
import { readStatement } from './statement.mjs';

const MEBIBYTE = 1 << 20;
const LONGEST_RUN_MS = 30_000;
const LONGEST_HARMLESS_RUN_MS = 15_000;
const LONGEST_READINESS_MS = 1000;
const LONGEST_CLEANING_MS = 20_000;
// What is kept of a log, and the line that says how much was left out.
const LONGEST_LOG_BYTES = 128 * 1024 + 100;
const MOST_MEMORY_GROWTH = 100 * MEBIBYTE;
const WARM_UP_RUNS = 5;
const MOST_TIMES_AS_LONG = 5;
// On a machine with other work the ratio alone says nothing; what the attacks did took fifty times as long.
const LONGEST_RUN_BESIDE_MS = 5_000;
const LONGEST_RECOVERY_MS = 5000;

const attempts = readFileSync(new URL('attempts.py', import.meta.url), 'utf8');
const scripts = new URL('scripts/', import.meta.url).pathname;
const statements = readdirSync(scripts)
  .filter((name) => name.endsWith('.py'))
  .sort()
  .map((name) => readStatement(join(scripts, name)));

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-hostile-'));
const dataFolder = join(folder, 'data');
const socketFolder = join(folder, 'sockets');
const secret = randomUUID();
const secretOfService = randomUUID();
const model = new ModelOfScripts();
await model.start();
const service = new Service(dataFolder, {
  DATAPIPELINE_SANDBOX_SOCKET_DIRECTORY: socketFolder,
  JAVA_TOOL_OPTIONS: '-Xms32m -Xmx256m -XX:+UseSerialGC',
  SECRET_OF_SERVICE: secretOfService,
  ...model.settings,
});
const harmlessSource = "def transform(record):\n    return {**record, 'double': record['n'] * 2}\n";
const harmlessRecords = Array.from({ length: 20 }, (_, n) => ({ n }));
let harmlessDataset;
let containers;
let watch;
let memoryBefore;
// Milliseconds of a harmless run while nothing else runs: the middle of several, as the first may build the image.
let aloneMs;

before(async () => {
  await service.start();
  containers = new ContainerWatch(service);
  harmlessDataset = await upload(harmlessRecords);
  const times = [];
  for (let run = 0; run < WARM_UP_RUNS; run++) {
    times.push(await runHarmless());
  }
  aloneMs = times.sort((one, another) => one - another)[WARM_UP_RUNS >> 1];
  memoryBefore = memoryOf(service.processId);
  watch = new ServiceWatch(service);
});

after(async () => {
  await watch?.close();
  await containers?.close();
  if (service.isRunning) {
    await service.end('SIGTERM');
  }
  await model.stop();
  rmSync(service.environmentFolder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('every script stands in a row of docs/security.md, and every row has one', () => {
  const rows = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8').matchAll(
    /^\| \[H\d+\]\(\S*\/(\S+)\)/gm,
  );
  assert.deepEqual(
    [...rows].map(([, name]) => name),
    statements.map(({ name }) => name),
  );
});

describe('a hostile script harms nothing but its own records', () => {
  for (const statement of statements) {
    test(statement.title, async (context) => {
      const attack = runHostile(statement);
      const [run] = await Promise.all([
        attack,
        statement.isTimedBeside ? timeRunsBeside(attack, context) : runHarmless(),
      ]);

      const records = await assertAsStated(statement, run);
      await assertLogIsBounded(statement, run);
      if (statement.isRetried) {
        await service.client.post(`/api/v1/runs/${run.id}/retry`, {});
        const again = await assertAsStated(statement, await service.client.waitUntilFinal(run.id));
        const succeeded = records.filter(({ status }) => status === 'SUCCEEDED');
        assert.deepEqual(
          succeeded.map(({ index }) => again[index]),
          // A run that was retried says which attempt made a record.
          succeeded.map((record) => ({ ...record, attempt: 1 })),
        );
      }
    });
  }
});

describe('after all of them', () => {
  test('the model has seen what a script may ask, and no call is open', async () => {
    model.assertOnlyCalls();
    await waitUntil(async () => model.open === 0, 'the end of all calls', LONGEST_CLEANING_MS);
  });

  test('the service was ready all the time, and did not grow', async (context) => {
    await watch.close();

    const growth = watch.highestMemory - memoryBefore;
    context.diagnostic(
      `${watch.looks} looks, ${Math.round(watch.longestAnswerMs)} ms at most, ${Math.round(growth / MEBIBYTE)} MB more`,
    );
    assert.deepEqual(watch.refusals, []);
    assert.ok(
      watch.longestAnswerMs < LONGEST_READINESS_MS,
      `${watch.longestAnswerMs} ms until readiness was told`,
    );
    assert.ok(growth < MOST_MEMORY_GROWTH, `${growth} bytes more`);
  });

  test('no container is left that nobody owns, and nothing at all when the service has ended', async () => {
    const sockets = join(socketFolder, service.installation.slice(0, 8));
    await waitUntil(
      async () => containersOf(service).length === (await service.livingSandboxes()),
      'as many containers as sandboxes',
      LONGEST_CLEANING_MS,
    );
    await waitUntil(
      async () => readdirSync(sockets).length === (await service.livingSandboxes()),
      'as many folders of sockets as sandboxes',
      LONGEST_CLEANING_MS,
    );
    await waitUntil(
      async () => readdirSync(join(dataFolder, 'drafts')).length === 0,
      'no draft',
      LONGEST_CLEANING_MS,
    );

    await service.end('SIGTERM');

    assert.deepEqual(containersOf(service), []);
    assert.deepEqual(readdirSync(socketFolder), []);
    assert.deepEqual(readdirSync(join(dataFolder, 'drafts')), []);
  });

  test('no process is left of any container, and no container carried a secret', async () => {
    const inspected = await containers.close();

    assert.ok(inspected.size > statements.length, `${inspected.size} containers were seen`);
    const groups = controlGroups();
    for (const [id, text] of inspected) {
      assert.ok(!groups.includes(id), `a process of container ${id} is left`);
      assertHidden(text);
      assert.ok(!text.includes('transform'), 'a script in docker inspect');
    }
  });

  test('the log of the service tells no secret', () => {
    assert.match(service.log, /started in/);
    assertHidden(service.log);
  });
});

async function runHostile({ name, source, records, batchSize, timeLimit, callsModel }) {
  const began = Date.now();
  const dataset = await upload(Array.from({ length: records }, (_, n) => ({ n, secret })));
  const step = { name: 'attack', main: { name, source } };
  if (source.includes('from attempts import')) {
    step.pre = { name: 'attempts.py', source: attempts };
  }
  const limits = { batchSize, maxParallelBatches: 1, recordTimeoutSeconds: timeLimit };
  const { id } = await service.client.submitRun({
    datasetId: dataset.id,
    pipeline: { name: 'hostile', steps: [step] },
    ...(callsModel ? { llm: {} } : {}),
    ...limits,
  });
  const run = await service.client.waitUntilFinal(id);
  assert.ok(Date.now() - began < LONGEST_RUN_MS, `the run took ${Date.now() - began} ms`);
  return run;
}

// Harmless runs, one after the other, as long as the attack goes on, and one after it.
async function timeRunsBeside(attack, context) {
  let isOver = false;
  attack.catch(() => {}).finally(() => (isOver = true));
  const besideMs = [];
  while (!isOver) {
    besideMs.push(await runHarmless());
  }
  const afterwardsMs = await runHarmless();
  context.diagnostic(
    `${besideMs.length} runs beside it, ${Math.max(...besideMs)} ms at most, ${aloneMs} ms alone, ${afterwardsMs} ms afterwards`,
  );
  assert.ok(
    Math.max(...besideMs) <= Math.max(LONGEST_RUN_BESIDE_MS, MOST_TIMES_AS_LONG * aloneMs),
    `${besideMs} ms beside the attack, ${aloneMs} ms alone`,
  );
  assert.ok(afterwardsMs <= LONGEST_RECOVERY_MS, `${afterwardsMs} ms after the attack`);
}

// Returns how long it took.
async function runHarmless() {
  const began = Date.now();
  const pipeline = {
    name: 'harmless',
    steps: [{ name: 'double', main: { name: 'double.py', source: harmlessSource } }],
  };
  const { id } = await service.client.submitRun({
    datasetId: harmlessDataset.id,
    pipeline,
    batchSize: 10,
    maxParallelBatches: 1,
  });
  const run = await service.client.waitUntilFinal(id);
  assert.equal(run.status, 'SUCCEEDED');
  const results = await service.client.values(id);
  assert.deepEqual(
    results,
    harmlessRecords.map(({ n }) => ({ n, double: n * 2 })),
  );
  const took = Date.now() - began;
  assert.ok(took < LONGEST_HARMLESS_RUN_MS, `the harmless run took ${took} ms`);
  return took;
}

// Holds every record against what the script says of it; returns them.
async function assertAsStated(statement, run) {
  const items = await service.client.records(run.id);
  assert.deepEqual(
    items.map(({ index }) => index),
    Array.from({ length: statement.records }, (_, index) => index),
  );
  for (const record of items) {
    assertRecord(record, statement.expected.get(record.index));
    assert.ok(record.raw.secret === secret, 'the raw record is kept');
  }
  assertAddsUp(statement, run, items);
  assertHidden(
    JSON.stringify(items.map(({ stages }) => stages.map(({ value }) => ({ ...value, secret: '' })))),
  );
  return items;
}

function assertAddsUp({ records: total }, { records }, items) {
  const count = (status) => items.filter((item) => item.status === status).length;
  assert.deepEqual(records, {
    total,
    succeeded: count('SUCCEEDED'),
    failed: count('FAILED'),
    skipped: 0,
    cancelled: 0,
    pending: 0,
  });
  assert.equal(records.succeeded + records.failed, total);
}

async function assertLogIsBounded({ log: expected }, { id, batches }) {
  for (let batch = 0; batch < batches.total; batch++) {
    const response = await fetch(`${service.address}/api/v1/runs/${id}/batches/${batch}/log`);
    const log = await response.text();
    assert.match(response.headers.get('Content-Type'), /^text\/plain/);
    assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.ok(Buffer.byteLength(log) <= LONGEST_LOG_BYTES, `${Buffer.byteLength(log)} bytes of log`);
    assert.ok(batch > 0 || log.includes(expected), `"${expected}" in the log`);
  }
}

function assertHidden(text) {
  const password = readFileSync(join(dataFolder, 'postgresql-password'), 'utf8').trim();
  assert.ok(!text.includes(secret), 'the secret of a record');
  assert.ok(!text.includes(secretOfService), 'a secret of the service');
  assert.ok(!text.includes(KEY_OF_MODEL), 'the key of the model');
  assert.ok(!text.includes(password), 'the password of the database');
  assert.ok(!text.includes(dataFolder), 'the data folder');
}

function upload(records) {
  return service.client.uploadDataset(JSON.stringify(records));
}
