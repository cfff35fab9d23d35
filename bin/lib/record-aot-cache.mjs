// Records the AOT cache of Java: starts a service with an empty data folder, does with it what people do first, often enough for
// Java to learn what a start and the first runs need, and stops it. Java writes the cache when it ends.
// usage: node record-aot-cache.mjs CACHE_FILE EXAMPLE_FOLDER, with the environment of system-tests/harness/service.mjs
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { submitExample } from '../../system-tests/harness/example.mjs';
import { answers, ModelStub, STUB_KEY, STUB_MODEL, streams } from '../../system-tests/harness/model-stub.mjs';
import { Service } from '../../system-tests/harness/service.mjs';
import { upstreamSettings } from '../../system-tests/harness/upstream.mjs';

// A service that is recorded starts slowly, at low priority even more so.
const LONGEST_START_MS = 240_000;
const LONGEST_DATABASE_STOP_MS = 15_000;
const ROUNDS = 6;
const DOWNLOADS = 400;
const BATCH_SIZE = 1;
const BETWEEN_POLLS_MS = 2;
const FORMATS = ['json', 'ndjson', 'csv'];
// Three model calls each.
const CALLING_RECORDS = 600;
const CALLING_AT_ONCE = 16;
const LONGEST_CALLS_MS = 240_000;
const UPSTREAM = 'stub';

const [cacheFile, example] = process.argv.slice(2);
const folder = mkdtempSync(join(dirname(cacheFile), 'recording-'));
const recorded = join(folder, 'cache');
const modelServer = new ModelStub(({ body }) => (body.stream ? streams({ gapMs: 0 }) : answers()));
let service;

async function record() {
  await modelServer.start();
  service = new Service(join(folder, 'data'), settings(), [`-XX:AOTCacheOutput=${recorded}`]);
  await service.start({ longestMs: LONGEST_START_MS });
  let run;
  for (let round = 0; round < ROUNDS; round++) {
    run = await useOnce();
  }
  for (let download = 0; download < DOWNLOADS; download++) {
    await downloadStates(run, 'ndjson');
  }
  await callModels();
  service.signal('SIGTERM');
  await service.ended;
  // A start may look for the cache at any time: it is there as a whole or not at all.
  renameSync(recorded, cacheFile);
}

// Only runs that name the upstream call models, as where there is no default one.
function settings() {
  const upstream = {
    baseUrl: modelServer.address,
    key: STUB_KEY,
    model: STUB_MODEL,
    prices: modelServer.prices,
  };
  return {
    ...upstreamSettings(UPSTREAM, { ...upstream, more: { default: 'false' } }),
    DATAPIPELINE_SANDBOX_WARM: '1',
  };
}

async function callModels() {
  const { client } = service;
  const records = Array.from({ length: CALLING_RECORDS }, (_, n) => ({ question: `What is ${n}?` }));
  const { id: datasetId } = await client.uploadDataset(JSON.stringify(records));
  const source = readFileSync(new URL('call_models.py', import.meta.url), 'utf8');
  const { id } = await client.submitRun({
    datasetId,
    pipeline: { name: 'calls', steps: [{ name: 'call', main: { name: 'call_models.py', source } }] },
    batchSize: CALLING_RECORDS / 2,
    recordConcurrency: CALLING_AT_ONCE,
    llm: { upstream: UPSTREAM },
  });
  const run = await client.waitUntilFinal(id, { longestMs: LONGEST_CALLS_MS });
  if (run.records.succeeded < CALLING_RECORDS) {
    throw new Error(`of ${CALLING_RECORDS} records only ${run.records.succeeded} could call the model`);
  }
  await client.get(`/api/v1/runs/${id}/llm`);
  await client.get(`/api/v1/runs/${id}/llm/calls?limit=50`);
}

// Submits the example as a form and again as JSON, and looks at the results; resolves with the id of the second run.
async function useOnce() {
  const { client } = service;
  const { id, dataset, pipeline } = await submitExample(client, example, { batchSize: BATCH_SIZE });
  await pollAsThePage(id);
  const again = await client.submitRun({
    datasetId: dataset.id,
    pipeline: { name: pipeline.name, steps: pipeline.steps },
    batchSize: BATCH_SIZE,
  });
  await pollAsThePage(again.id);
  await client.records(again.id, { limit: 50 });
  await client.get('/api/v1/runs');
  for (const format of FORMATS) {
    await downloadStates(again.id, format);
  }
  return again.id;
}

async function downloadStates(run, format) {
  const response = await fetch(`${service.address}/api/v1/runs/${run}/results?format=${format}&view=states`);
  await response.arrayBuffer();
}

// Asks for changes only.
async function pollAsThePage(id) {
  let tag = '';
  let run;
  while (!run?.finishedAt) {
    const headers = { 'If-None-Match': tag };
    const response = await fetch(`${service.address}/api/v1/runs/${id}`, { headers });
    if (response.status === 200) {
      run = await response.json();
      tag = response.headers.get('etag');
    }
    await pause(BETWEEN_POLLS_MS);
  }
}

// Stops the database in order, but does not wait for what Java would write after that.
async function giveUp() {
  if (service?.isRunning) {
    service.signal('SIGTERM');
    const deadline = Date.now() + LONGEST_DATABASE_STOP_MS;
    while (existsSync(join(service.folder, 'postgresql/postmaster.pid')) && Date.now() < deadline) {
      await pause(100);
    }
    service.signal('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, giveUp);
}
try {
  // Another command may have recorded it while this one waited for its turn.
  if (!existsSync(cacheFile)) {
    await record();
  }
} catch (error) {
  console.error(`The AOT cache was not recorded: ${error.message}`);
  process.exitCode = 1;
} finally {
  await service?.stop();
  await modelServer.stop();
  rmSync(folder, { recursive: true, force: true });
}
