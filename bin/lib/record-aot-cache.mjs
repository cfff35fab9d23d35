// Records the AOT cache of Java: starts a service with an empty data folder, does with it what people do first, often enough for
// Java to learn what a start and the first runs need, and stops it. Java writes the cache when it ends.
// usage: node record-aot-cache.mjs CACHE_FILE EXAMPLE_FOLDER, with the environment of system-tests/harness/service.mjs
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { submitExample } from '../../system-tests/harness/example.mjs';
import { Service } from '../../system-tests/harness/service.mjs';

// A service that is recorded starts slowly, at low priority even more so.
const LONGEST_START_MS = 240_000;
const LONGEST_DATABASE_STOP_MS = 15_000;
const ROUNDS = 6;
const DOWNLOADS = 400;
const BATCH_SIZE = 1;
const BETWEEN_POLLS_MS = 2;
const FORMATS = ['json', 'ndjson', 'csv'];

const [cacheFile, example] = process.argv.slice(2);
const folder = mkdtempSync(join(dirname(cacheFile), 'recording-'));
const recorded = join(folder, 'cache');
const service = new Service(join(folder, 'data'), { DATAPIPELINE_SANDBOX_WARM: '1' }, [
  `-XX:AOTCacheOutput=${recorded}`,
]);

async function record() {
  await service.start({ longestMs: LONGEST_START_MS });
  let run;
  for (let round = 0; round < ROUNDS; round++) {
    run = await useOnce();
  }
  for (let download = 0; download < DOWNLOADS; download++) {
    await downloadStates(run, 'ndjson');
  }
  service.signal('SIGTERM');
  await service.ended;
  // A start may look for the cache at any time: it is there as a whole or not at all.
  renameSync(recorded, cacheFile);
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
  service.signal('SIGTERM');
  const deadline = Date.now() + LONGEST_DATABASE_STOP_MS;
  while (existsSync(join(service.folder, 'postgresql/postmaster.pid')) && Date.now() < deadline) {
    await pause(100);
  }
  service.signal('SIGKILL');
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
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
