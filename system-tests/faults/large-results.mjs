// Results that are more than what a connection holds on its way.
import assert from 'node:assert/strict';

const RECORDS = 20_000;
const SIZE_OF_RECORD = 1_000;

// Where the results of a run of 20 MB are.
export async function pathOfLargeResults(service) {
  const body = `${JSON.stringify({ text: 'x'.repeat(SIZE_OF_RECORD) })}\n`.repeat(RECORDS);
  const dataset = await service.client.uploadDataset(body, { type: 'application/x-ndjson' });
  const main = { name: 'main.py', source: 'def transform(record):\n    return record\n' };
  const { id } = await service.client.submitRun({
    datasetId: dataset.id,
    batchSize: RECORDS / 4,
    pipeline: { name: 'large', steps: [{ name: 'only', main }] },
  });
  assert.equal((await service.client.waitUntilFinal(id)).status, 'SUCCEEDED');
  return `/api/v1/runs/${id}/results?format=ndjson&view=states`;
}
