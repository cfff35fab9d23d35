// One run through the public API, timed as its user would.
import { settle } from '../services/service.mjs';

const LONGEST_RUN_MS = 900_000;

// Uploads, submits and waits; returns the seconds from the first byte sent to all results readable, and their parts.
// `pauseMs` is how long the client waits between two looks at the run, `type` that of the content, and `submitted` is called
// with the id of the run.
export async function timeRun(service, content, options, pauseMs, { type, submitted = () => {} } = {}) {
  const started = performance.now();
  const dataset = await service.client.uploadDataset(content, { type });
  const uploaded = performance.now();
  const { id } = await service.client.submitRun({ datasetId: dataset.id, ...options });
  submitted(id);
  const run = await finalRun(service, id, pauseMs);
  const last = await recordAt(service, id, dataset.records - 1);
  const ended = performance.now();
  refuseUnfinished(run, last);
  return {
    id,
    datasetId: dataset.id,
    seconds: (ended - started) / 1000,
    uploadSeconds: (uploaded - started) / 1000,
    runSeconds: (ended - uploaded) / 1000,
  };
}

// The run as it ended; `pauseMs` is as above.
export function finalRun(service, id, pauseMs) {
  return service.client.waitUntilFinal(id, { betweenMs: pauseMs, longestMs: LONGEST_RUN_MS });
}

export async function recordAt(service, id, offset) {
  return (await service.client.records(id, { offset, limit: 1 }))[0];
}

// A figure of a run that went wrong says nothing.
export function refuseUnfinished(run, last) {
  if (
    run.status !== 'SUCCEEDED' ||
    run.records.succeeded !== run.records.total ||
    last.status !== 'SUCCEEDED'
  ) {
    throw new Error(`run ${run.id} ended as ${run.status} with ${JSON.stringify(run.records)}`);
  }
}

// A warm service: nothing runs, and the sandboxes that wait are there, with so many that have imported packages.
export async function settled(context, primed = 0) {
  await settle(context.service, context.cores + primed);
  return context.service;
}
