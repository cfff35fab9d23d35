// How the cost grows with the number of batches and of records, from runs that are each ten times the one before.
import { Readable } from 'node:stream';
import { memoryOf } from '../../system-tests/harness/processes.mjs';
import { settled, timeRun } from '../measurements/runs.mjs';
import { largeDatasetPieces } from '../workloads/datasets.mjs';
import { THREE_STAGES } from '../workloads/pipelines.mjs';

const PAUSE_MS = 50;
const SMALL_BATCH = 5;
const LARGE_BATCH = 10_000;

// Returns a Markdown text; quick leaves the largest size of each table out.
export async function growth(context, isQuick) {
  await context.startService();
  await grown(context, 1_000, SMALL_BATCH);
  const byBatches = [];
  for (const batches of [1e2, 1e3, 1e4, 1e5].slice(0, isQuick ? -1 : undefined)) {
    byBatches.push({ size: batches, ...(await grown(context, batches * SMALL_BATCH, SMALL_BATCH)) });
  }
  const byRecords = [];
  for (const records of [1e3, 1e4, 1e5, 1e6, 1e7].slice(0, isQuick ? -2 : undefined)) {
    byRecords.push({ size: records, ...(await grown(context, records, LARGE_BATCH)) });
  }
  return `${table(`batches of ${SMALL_BATCH}`, 'ms a batch', 1e3, byBatches)}\n\n${table(`records in batches of ${LARGE_BATCH.toLocaleString('en')}`, 'µs a record', 1e6, byRecords)}`;
}

async function grown(context, records, batchSize) {
  const content = Readable.from(largeDatasetPieces(records));
  const service = await settled(context);
  const measured = await timeRun(service, content, { pipeline: THREE_STAGES, batchSize }, PAUSE_MS, {
    type: 'application/x-ndjson',
  });
  const memoryBytes = memoryOf(service.processId);
  await service.client.deleteRun(measured.id);
  await service.client.deleteDataset(measured.datasetId);
  console.log(`${records} records in batches of ${batchSize}: ${measured.seconds.toFixed(2)} s`);
  return { ...measured, memoryBytes };
}

function table(title, cost, factor, measured) {
  const lines = measured.map(
    ({ size, seconds, memoryBytes }) =>
      `| ${size.toLocaleString('en')} | ${seconds.toFixed(2)} | ${((seconds / size) * factor).toFixed(2)} | ${Math.round(memoryBytes / 1e6)} |`,
  );
  return [`| ${title} | seconds | ${cost} | MB of the service |`, '|---:|---:|---:|---:|', ...lines].join(
    '\n',
  );
}
