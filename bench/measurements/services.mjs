// What needs a service of its own: W4 with little memory, W10 from its start.
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryOf } from '../../system-tests/harness/processes.mjs';
import { settle } from '../services/service.mjs';
import { hugeDataset, hugeRecordsIn } from '../workloads/datasets.mjs';
import { PASS_THROUGH } from '../workloads/pipelines.mjs';
import { finalRun, recordAt, refuseUnfinished } from './runs.mjs';

const PAUSE_MS = 250;
// The dataset, its results, and what the service wants to be left.
const ROOM_PER_BYTE = 2.5;

export async function hugeRun(context) {
  const { bytes, batchSize } = context.sizes.huge;
  const { bavail, bsize } = statfsSync(context.folder);
  if (bavail * bsize < bytes * ROOM_PER_BYTE) {
    throw new Error(`W4 needs ${(bytes * ROOM_PER_BYTE) / 1e9} GB of disk`);
  }
  const folder = join(context.folder, 'huge');
  const service = await context.start(folder, ['-Xmx512m']);
  try {
    await settle(service, context.cores);
    return await ingestAndRun(service, bytes, batchSize);
  } finally {
    await context.stop(service);
    rmSync(folder, { recursive: true });
  }
}

async function ingestAndRun(service, bytes, batchSize) {
  const started = performance.now();
  const dataset = await service.client.uploadDataset(Readable.from(hugeDataset(bytes)), {
    type: 'application/x-ndjson',
  });
  const uploaded = performance.now();
  const { id } = await service.client.submitRun({ datasetId: dataset.id, pipeline: PASS_THROUGH, batchSize });
  const run = await finalRun(service, id, PAUSE_MS);
  const last = await recordAt(service, id, hugeRecordsIn(bytes) - 1);
  const ended = performance.now();
  refuseUnfinished(run, last);
  return {
    seconds: (ended - started) / 1000,
    ingestBytesPerSecond: bytes / ((uploaded - started) / 1000),
    runBytesPerSecond: bytes / ((ended - uploaded) / 1000),
    highestMemoryBytes: memoryOf(service.processId, 'VmHWM'),
  };
}

// The data folder is that of all workloads before, with their runs in it.
export async function start(context) {
  const service = await context.start(context.serviceFolder);
  try {
    await pause(context.sizes.idleSeconds * 1000);
    return { seconds: service.startSeconds, idleMemoryBytes: memoryOf(service.processId) };
  } finally {
    await context.stop(service);
  }
}
