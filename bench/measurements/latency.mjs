// How long people wait, alone and beside the work of others: W3, W7 and W8.
import { waitUntil } from '../../system-tests/harness/wait.mjs';
import { median } from '../report/statistics.mjs';
import { largeDataset, smallDataset } from '../workloads/datasets.mjs';
import { THREE_STAGES } from '../workloads/pipelines.mjs';
import { finalRun, refuseUnfinished, settled, timeRun } from './runs.mjs';

const TINY_RECORDS = 10;
const TINY_PAUSE_MS = 2;
const PAUSE_MS = 20;

// The median of several runs of ten records, each from upload to results read.
export async function tinyRun(context) {
  const samples = [];
  for (let i = 0; i < context.sizes.tinyRunsPerRound; i++) {
    samples.push(await oneTinyRun(await settled(context)));
  }
  return { seconds: median(samples), samples };
}

// `options` are more of the run, or other ones; its last stage must be that of W3.
export async function oneTinyRun(service, options = {}) {
  const { client } = service;
  const started = performance.now();
  const dataset = await client.uploadDataset(smallDataset(TINY_RECORDS));
  const { id } = await client.submitRun({
    datasetId: dataset.id,
    pipeline: THREE_STAGES,
    batchSize: TINY_RECORDS,
    ...options,
  });
  const run = await finalRun(service, id, TINY_PAUSE_MS);
  let results = '';
  await client.downloadResults(id, 'states', (piece) => {
    results += piece;
  });
  const seconds = (performance.now() - started) / 1000;
  const last = JSON.parse(results.trim().split('\n')[TINY_RECORDS - 1]);
  refuseUnfinished(run, { status: last.post_step?.validation_status ? 'SUCCEEDED' : 'FAILED' });
  return seconds;
}

// Tiny runs while a run of thousands of batches goes on.
export async function tinyRunBeside(context) {
  const { records, batchSize } = context.sizes.many;
  const service = await settled(context);
  const dataset = await service.client.uploadDataset(
    context.content(`small-${records}`, () => smallDataset(records)),
  );
  const { id } = await service.client.submitRun({ datasetId: dataset.id, pipeline: THREE_STAGES, batchSize });
  await waitUntil(async () => {
    const { succeeded, total } = (await service.client.run(id)).batches;
    return succeeded > total / 20;
  }, 'the first batches of the run that goes on beside');
  const samples = [await oneTinyRun(service)];
  const isStillRunning = !(await service.client.run(id)).finishedAt;
  if (!isStillRunning) {
    throw new Error('the run that was to go on beside had ended');
  }
  await service.client.cancelRun(id);
  return { seconds: median(samples), samples };
}

// W1 with two hundred people looking at it, each once a second over a connection of his own.
export async function polledLargeRun(context) {
  const { records, batchSize } = context.sizes.large;
  const content = context.content('large', () => largeDataset(records));
  const watchers = await context.watchers();
  await watchers.practise();
  const { seconds } = await timeRun(
    await settled(context),
    content,
    { pipeline: THREE_STAGES, batchSize },
    PAUSE_MS,
    {
      submitted: (id) => watchers.watch(id),
    },
  );
  return { seconds, latencies: await watchers.stop() };
}
