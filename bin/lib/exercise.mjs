// Does with a service what people do first, often enough for Java to learn what a start and the first runs need.
// usage: node exercise.mjs SERVICE_ADDRESS EXAMPLE_FOLDER
import { setTimeout as pause } from 'node:timers/promises';
import { fetchFirstRecords, fetchJson, submitExample } from '../../system-tests/harness/client.mjs';

const ROUNDS = 6;
const DOWNLOADS = 400;
const BATCH_SIZE = 1;
const PAUSE_BETWEEN_LOOKS_MS = 2;
const FORMATS = ['json', 'ndjson', 'csv'];

// Returns the id of a run that is over.
async function exercise(service, folder) {
  const { id, dataset, pipeline } = await submitExample(service, folder, BATCH_SIZE);
  await look(service, id);
  const again = await submit(service, {
    datasetId: dataset.id,
    pipeline: { name: pipeline.name, steps: pipeline.steps },
    batchSize: BATCH_SIZE,
  });
  await look(service, again.id);
  await fetchFirstRecords(service, again.id, 50);
  await fetchJson(`${service}/api/v1/runs`);
  for (const format of FORMATS) {
    await fetchStates(service, again.id, format);
  }
  return again.id;
}

async function fetchStates(service, run, format) {
  await (await fetch(`${service}/api/v1/runs/${run}/results?format=${format}&view=states`)).arrayBuffer();
}

async function submit(service, run) {
  const response = await fetch(`${service}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(run),
  });
  return response.json();
}

// As the page does: asks for changes only.
async function look(service, id) {
  let tag = '';
  let run;
  while (!run?.finishedAt) {
    const response = await fetch(`${service}/api/v1/runs/${id}`, { headers: { 'If-None-Match': tag } });
    if (response.status === 200) {
      run = await response.json();
      tag = response.headers.get('etag');
    }
    await pause(PAUSE_BETWEEN_LOOKS_MS);
  }
}

const [service, folder] = process.argv.slice(2);
let run;
for (let round = 0; round < ROUNDS; round++) {
  run = await exercise(service, folder);
}
for (let download = 0; download < DOWNLOADS; download++) {
  await fetchStates(service, run, 'ndjson');
}
