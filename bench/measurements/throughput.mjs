// How fast records, batches and results go through: W1, W2, W5, W6, W9, W11 and W12.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentDataset, largeDataset, smallDataset } from '../workloads/datasets.mjs';
import { PASS_THROUGH, THREE_STAGES, WAIT_AWAITING, WAIT_BLOCKING } from '../workloads/pipelines.mjs';
import { settled, timeRun } from './runs.mjs';

const PAUSE_MS = 20;
const WAITING_RECORDS = 400;

export async function largeRun(context) {
  const { records, batchSize } = context.sizes.large;
  const content = context.content('large', () => largeDataset(records));
  context.lastLargeRun = await timeRun(
    await settled(context),
    content,
    { pipeline: THREE_STAGES, batchSize },
    PAUSE_MS,
  );
  return context.lastLargeRun;
}

export async function documents(context) {
  return documentRun(context, THREE_STAGES);
}

export async function unchangedDocuments(context) {
  return documentRun(context, PASS_THROUGH);
}

async function documentRun(context, pipeline) {
  const { records, batchSize } = context.sizes.documents;
  const content = context.content('documents', () => documentDataset(records));
  const measured = await timeRun(await settled(context), content, { pipeline, batchSize }, PAUSE_MS);
  return {
    ...measured,
    runBytesPerSecond: content.length / measured.runSeconds,
    resultShare: bytesIn(join(context.serviceFolder, 'blobs', 'runs', measured.id)) / content.length,
  };
}

function bytesIn(folder) {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name)).size)
    .reduce((sum, size) => sum + size, 0);
}

export async function smallBatches(context) {
  return batches(context, context.sizes.small);
}

export async function manyBatches(context) {
  return batches(context, context.sizes.many);
}

async function batches(context, { records, batchSize }) {
  const content = context.content(`small-${records}`, () => smallDataset(records));
  const measured = await timeRun(
    await settled(context),
    content,
    { pipeline: THREE_STAGES, batchSize },
    PAUSE_MS,
  );
  return { ...measured, secondsPerBatch: measured.seconds / (records / batchSize) };
}

export async function awaitingRecords(context) {
  return waitingRecords(context, WAIT_AWAITING);
}

export async function blockingRecords(context) {
  return waitingRecords(context, WAIT_BLOCKING);
}

async function waitingRecords(context, pipeline) {
  const content = context.content('waiting', () => smallDataset(WAITING_RECORDS));
  return timeRun(
    await settled(context),
    content,
    { pipeline, batchSize: 100, recordConcurrency: 32 },
    PAUSE_MS,
  );
}

export async function download(context) {
  const { id } = context.lastLargeRun ?? (await largeRun(context));
  const { client } = await settled(context);
  const started = performance.now();
  const bytes = await client.downloadResults(id);
  return { bytesPerSecond: bytes / ((performance.now() - started) / 1000), bytes };
}
