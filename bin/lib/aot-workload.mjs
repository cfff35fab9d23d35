// Does with a service what people do first, often enough for Java to learn what a start and the first runs need.
// usage: node aot-workload.mjs SERVICE_ADDRESS EXAMPLE_FOLDER
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../../system-tests/harness/client.mjs';
import { submitExample } from '../../system-tests/harness/example.mjs';

const ROUNDS = 6;
const DOWNLOADS = 400;
const BATCH_SIZE = 1;
const BETWEEN_POLLS_MS = 2;
const FORMATS = ['json', 'ndjson', 'csv'];

const [service, folder] = process.argv.slice(2);
const client = new Client(service);

// Resolves with the id of a run that is over.
async function exercise() {
  const { id, dataset, pipeline } = await submitExample(client, folder, BATCH_SIZE);
  await poll(id);
  const again = await client.submitRun({
    datasetId: dataset.id,
    pipeline: { name: pipeline.name, steps: pipeline.steps },
    batchSize: BATCH_SIZE,
  });
  await poll(again.id);
  await client.records(again.id, { limit: 50 });
  await client.get('/api/v1/runs');
  for (const format of FORMATS) {
    await fetchStates(again.id, format);
  }
  return again.id;
}

async function fetchStates(run, format) {
  await (await fetch(`${service}/api/v1/runs/${run}/results?format=${format}&view=states`)).arrayBuffer();
}

// As the page does: asks for changes only.
async function poll(id) {
  let tag = '';
  let run;
  while (!run?.finishedAt) {
    const response = await fetch(`${service}/api/v1/runs/${id}`, { headers: { 'If-None-Match': tag } });
    if (response.status === 200) {
      run = await response.json();
      tag = response.headers.get('etag');
    }
    await pause(BETWEEN_POLLS_MS);
  }
}

let run;
for (let round = 0; round < ROUNDS; round++) {
  run = await exercise();
}
for (let download = 0; download < DOWNLOADS; download++) {
  await fetchStates(run, 'ndjson');
}
