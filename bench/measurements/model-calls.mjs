// What model calls cost on their way through the service, beside the same calls made directly: M1 to M7.
import { join } from 'node:path';
import { runForOutput } from '../lib/command.mjs';
import { median, percentile } from '../report/statistics.mjs';
import { LIMIT_PER_MINUTE } from '../services/model-server.mjs';
import { modelPipeline, SCRIPTS_FOLDER } from '../workloads/pipelines.mjs';
import { REFERENCES_FOLDER } from './references.mjs';
import { finalRun, refuseUnfinished, settled } from './runs.mjs';

const PAUSE_MS = 20;
const IN_FLIGHT = 16;
const UPSTREAM_MS = 20;
const SANDBOXES = 4;
const WAITING_RECORDS = 400;
// While the limiter settles, and as long as its burst counts.
const UNSTEADY_SECONDS = 3;

let nonces = 0;

export async function callsInFlight(context) {
  const [value] = await values(context, 'model_calls', [callsAtOnce(context)]);
  return latencies(value);
}

export async function directCallsInFlight(context) {
  return latencies(await direct(context, 'model_calls', callsAtOnce(context)));
}

function callsAtOnce({ sizes }) {
  return question({ calls: sizes.modelCalls, inFlight: IN_FLIGHT, prompt: { delayMs: UPSTREAM_MS } });
}

// Calls a second of four sandboxes together, to a server that answers at once.
export async function manyCalls(context) {
  const calls = context.sizes.modelCalls;
  const records = Array.from({ length: SANDBOXES }, () =>
    question({ calls, inFlight: IN_FLIGHT, prompt: { delayMs: 0 } }),
  );
  const done = await values(context, 'model_calls', records, { batchSize: 1, maxParallelBatches: SANDBOXES });
  return { callsPerSecond: (calls * SANDBOXES) / Math.max(...done.map(({ took }) => took)) };
}

// Records that make one call of 50 ms each, from the upload to the last result.
export async function recordsWithCalls(context) {
  const records = Array.from({ length: WAITING_RECORDS }, () => question({}));
  const started = performance.now();
  await values(context, 'one_model_call', records, { batchSize: 200, recordConcurrency: 32 });
  return { seconds: (performance.now() - started) / 1000 };
}

export async function firstToken(context) {
  const [{ seconds }] = await values(context, 'first_token', [streams(context)]);
  return { seconds: median(seconds) };
}

export async function directFirstToken(context) {
  const { seconds } = await direct(context, 'first_token', streams(context));
  return { seconds: median(seconds) };
}

function streams({ sizes }) {
  return question({ calls: sizes.streamedCalls, prompt: { delayMs: UPSTREAM_MS } });
}

// The same calls in two runs that share a cache: the second one is answered from it.
export async function cachedCalls(context) {
  const record = question({ calls: context.sizes.streamedCalls, inFlight: 1, prompt: { delayMs: 0 } });
  const llm = { cache: 'exact' };
  await values(context, 'model_calls', [record], { llm });
  await context.modelServer.seen();
  const [{ seconds }] = await values(context, 'model_calls', [record], { llm });
  const { acceptedAt } = await context.modelServer.seen();
  if (acceptedAt.length > 0) {
    throw new Error(`${acceptedAt.length} calls were not answered from the cache`);
  }
  return { seconds: median(seconds) };
}

// More calls than the limit lets through: which part of it is used, and which part of all calls the server refuses.
export async function limitedCalls(context) {
  const calls = (LIMIT_PER_MINUTE / 60) * context.sizes.limitedSeconds;
  const record = question({ calls, inFlight: IN_FLIGHT, prompt: { delayMs: UPSTREAM_MS } });
  await context.modelServer.seen();
  await values(context, 'model_calls', [record], { llm: { upstream: 'limited' }, recordTimeoutSeconds: 600 });
  const { acceptedAt, refused } = await context.modelServer.seen();
  const steady = acceptedAt.filter((at) => at > acceptedAt[0] + UNSTEADY_SECONDS);
  const perMinute = ((steady.length - 1) / (steady.at(-1) - steady[0])) * 60;
  return { share: perMinute / LIMIT_PER_MINUTE, refusedShare: refused / (refused + acceptedAt.length) };
}

// How long after a script has left a call the server sees its connection end.
export async function cancelledCalls(context) {
  await context.modelServer.seen();
  const [{ left }] = await values(context, 'cancelled_calls', [
    question({ calls: context.sizes.cancelledCalls }),
  ]);
  const { cutAt } = await context.modelServer.seen();
  return { seconds: Math.max(...Object.entries(left).map(([nonce, at]) => cutAt[nonce] - at)) };
}

function question(parts) {
  return { model: 'bench', nonce: `${process.pid}-${nonces++}`, ...parts };
}

async function values(context, script, records, options = {}) {
  const service = await settled(context);
  const dataset = await service.client.uploadDataset(JSON.stringify(records));
  const { id } = await service.client.submitRun({
    datasetId: dataset.id,
    pipeline: modelPipeline(script),
    llm: {},
    ...options,
  });
  const run = await finalRun(service, id, PAUSE_MS);
  refuseUnfinished(run, { status: run.status });
  return service.client.values(id);
}

async function direct(context, script, record) {
  const output = await runForOutput(
    'python3',
    [join(REFERENCES_FOLDER, 'call_directly.py'), `${SCRIPTS_FOLDER}${script}.py`, JSON.stringify(record)],
    { OPENAI_BASE_URL: context.modelServer.baseUrl, OPENAI_API_KEY: 'bench' },
  );
  return JSON.parse(output);
}

function latencies({ seconds }) {
  return { p50: median(seconds), p99: percentile(seconds, 0.99) };
}
