// The public API, as far as an example needs it.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_BETWEEN_LOOKS_MS = 100;
const LONGEST_RUN_MS = 120_000;
const PART_OF_SCRIPT = { pre_script: 'pre', main_script: 'main', post_script: 'post' };
const DATASET_TYPES = {
  'dataset.json': 'application/json',
  'dataset.ndjson': 'application/x-ndjson',
  'dataset.csv': 'text/csv',
};

// Submits the pipeline, scripts and dataset in a folder; returns the run that was accepted.
export async function submitExample(service, folder, batchSize = 10) {
  const response = await fetch(`${service}/api/v1/runs`, {
    method: 'POST',
    body: await formOf(folder, batchSize),
  });
  return readJson(response);
}

async function formOf(folder, batchSize) {
  const definition = await readFile(join(folder, 'pipeline.json'), 'utf8');
  const form = new FormData();
  form.set('pipeline', new Blob([definition], { type: 'application/json' }), 'pipeline.json');
  form.set('batch_size', String(batchSize));
  for (const [index, step] of JSON.parse(definition).steps.entries()) {
    for (const [key, part] of Object.entries(PART_OF_SCRIPT)) {
      if (step[key]) {
        const source = await readFile(join(folder, step[key]));
        form.set(`${part}_${index}`, new Blob([source], { type: 'text/x-python' }), basename(step[key]));
      }
    }
  }
  const dataset = Object.keys(DATASET_TYPES).find((name) => existsSync(join(folder, name)));
  const content = await readFile(join(folder, dataset));
  form.set('dataset', new Blob([content], { type: DATASET_TYPES[dataset] }), dataset);
  return form;
}

// Calls onProgress with every state of the run that is seen; returns the final one.
export async function waitUntilFinal(service, id, onProgress = () => {}) {
  const deadline = Date.now() + LONGEST_RUN_MS;
  while (Date.now() < deadline) {
    const run = await fetchJson(`${service}/api/v1/runs/${id}`);
    onProgress(run);
    if (run.finishedAt) {
      return run;
    }
    await pause(PAUSE_BETWEEN_LOOKS_MS);
  }
  throw new Error(`run ${id} did not end within ${LONGEST_RUN_MS / 1000} s`);
}

export async function fetchFirstRecords(service, id, limit) {
  return (await fetchJson(`${service}/api/v1/runs/${id}/records?offset=0&limit=${limit}`)).items;
}

export async function fetchJson(address) {
  return readJson(await fetch(address));
}

async function readJson(response) {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.status} from ${response.url}: ${detailOf(text)}`);
  }
  return JSON.parse(text);
}

// What a problem document says, or the start of whatever came instead.
function detailOf(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title;
  } catch {
    return text.slice(0, 200);
  }
}
