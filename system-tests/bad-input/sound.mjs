// What is in order: the dataset, pipeline and run that bad input is compared with.
import assert from 'node:assert/strict';
import { Client } from '../harness/client.mjs';
import { ask, json } from './exchange.mjs';

const client = new Client(process.env.SERVICE_ADDRESS);

export const SOURCE = 'def transform(record):\n    return record\n';

export function pipelineOf(source = SOURCE, changes = {}) {
  return { name: 'bad input', steps: [{ name: 'one', main: { name: 'main.py', source } }], ...changes };
}

export async function upload(body = '[{"a": 1}]') {
  return made(await json('POST', '/api/v1/datasets?name=sound', body), 201);
}

// Starts a run and returns it as it was accepted.
export async function submit(datasetId, source, options = {}) {
  return made(
    await json('POST', '/api/v1/runs', { datasetId, pipeline: pipelineOf(source), ...options }),
    202,
  );
}

export function end(id) {
  return client.waitUntilFinal(id);
}

// A run that is over, for tests that only read it.
export async function finishedRun() {
  const run = await submit((await upload()).id, SOURCE);
  await end(run.id);
  return run;
}

// Deletes the run and its dataset.
export async function remove({ id, dataset }) {
  await end(id);
  assert.equal((await ask('DELETE', `/api/v1/runs/${id}`)).status, 204);
  assert.equal((await ask('DELETE', `/api/v1/datasets/${dataset.id}`)).status, 204);
}

// The service still does what it is for.
export async function proveItStillWorks() {
  const run = await submit((await upload()).id);
  assert.equal((await end(run.id)).status, 'SUCCEEDED');
  await remove(run);
}

function made({ status, text }, expected) {
  assert.equal(status, expected, text);
  return JSON.parse(text);
}
