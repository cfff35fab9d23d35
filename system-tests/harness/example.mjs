// The examples, each a folder with a pipeline, its scripts and a dataset.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PART_OF_SCRIPT = { pre_script: 'pre', main_script: 'main', post_script: 'post' };
const DATASET_TYPES = {
  'dataset.json': 'application/json',
  'dataset.ndjson': 'application/x-ndjson',
  'dataset.csv': 'text/csv',
};

// Submits what is in the folder as one form; resolves with the run that was accepted. llm says how its scripts may call models.
export async function submitExample(client, folder, { batchSize = 10, llm } = {}) {
  const form = await formOf(folder, batchSize);
  if (llm) {
    form.set('llm', JSON.stringify(llm));
  }
  return client.submitRun(form);
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
