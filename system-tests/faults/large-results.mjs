// Results that are more than what a connection holds on its way.
import assert from 'node:assert/strict';
import { fetchJson } from '../harness/client.mjs';
import { waitUntil } from '../harness/wait.mjs';

const RECORDS = 20_000;
const SIZE_OF_RECORD = 1_000;

// Where the results of a run of 20 MB are.
export async function pathOfLargeResults(service) {
  const body = `${JSON.stringify({ text: 'x'.repeat(SIZE_OF_RECORD) })}\n`.repeat(RECORDS);
  const dataset = await post(service, '/api/v1/datasets?name=large', body, 'application/x-ndjson');
  const main = { name: 'main.py', source: 'def transform(record):\n    return record\n' };
  const order = {
    datasetId: dataset.id,
    batchSize: RECORDS / 4,
    pipeline: { name: 'large', steps: [{ name: 'only', main }] },
  };
  const { id } = await post(service, '/api/v1/runs', JSON.stringify(order), 'application/json');
  await waitUntil(
    async () => (await fetchJson(`${service.address}/api/v1/runs/${id}`)).status === 'SUCCEEDED',
    'results',
  );
  return `/api/v1/runs/${id}/results?format=ndjson&view=states`;
}

async function post(service, path, body, type) {
  const response = await fetch(service.address + path, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  assert.ok(response.ok, `${response.status} from ${path}`);
  return response.json();
}
