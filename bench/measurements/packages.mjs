// What packages cost: P1 to P9. Environments of runs are built before the clock of the first run starts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { containersOf } from '../../system-tests/harness/containers.mjs';
import { runForOutput } from '../lib/command.mjs';
import { median } from '../report/statistics.mjs';
import { settle } from '../services/service.mjs';
import { smallDataset } from '../workloads/datasets.mjs';
import { eightWheels, smallWheel } from '../workloads/package-wheels.mjs';
import { COUNT_IMPORTS, THREE_STAGES, threeStagesImporting } from '../workloads/pipelines.mjs';
import { oneTinyRun } from './latency.mjs';
import { batchesInContainers } from './references.mjs';
import { finalRun, refuseUnfinished, settled, timeRun } from './runs.mjs';

const PAUSE_MS = 20;
const IMPORT_SHARE = 1.1;
const PRACTICE_RUNS = 10;
const PANDAS = { pipeline: threeStagesImporting('pandas'), environment: { packages: ['pandas'] } };
const SMALL = { environment: { packages: ['bench-small'] } };

// Of the new packages, which must have other names each time.
let serial = 0;

export function plainTinyRun(context) {
  return tinyRuns(context, {});
}

export async function packagedTinyRun(context) {
  context.packages.offer([smallWheel('bench_small')]);
  return tinyRuns(context, SMALL);
}

export async function pandasTinyRun(context) {
  await build(context, PANDAS);
  await oneTinyRun(await settled(context), PANDAS);
  return tinyRuns(context, PANDAS, 1);
}

async function tinyRuns(context, options, primed = 0) {
  await build(context, options);
  const samples = [];
  for (let i = 0; i < context.sizes.tinyRunsPerRound; i++) {
    samples.push(await oneTinyRun(await settled(context, primed), options));
  }
  return { seconds: median(samples) };
}

// The first of a service that is warm, but has not imported pandas since its start.
export async function firstPandasRun(context) {
  if (!context.packages) {
    await context.startServiceWithPackages();
    await context.stopService();
  }
  const service = await context.startAgainWithPackages();
  try {
    await build({ packages: context.packages, service }, PANDAS);
    const plain = [];
    for (let i = 0; i < PRACTICE_RUNS; i++) {
      await settle(service, context.cores);
      plain.push(await oneTinyRun(service));
    }
    const imported = await importSeconds(context);
    await settle(service, context.cores);
    return {
      seconds: await oneTinyRun(service, PANDAS),
      expectedSeconds: median(plain.slice(PRACTICE_RUNS / 2)) + IMPORT_SHARE * imported,
    };
  } finally {
    await context.stop(service);
  }
}

// Seconds of `import pandas` in a container with nothing beside it, from the files that the service uses.
async function importSeconds({ baseImage, packages }) {
  const timed = 'import time; began = time.perf_counter(); import pandas; print(time.perf_counter() - began)';
  const options = ['--rm', '--network', 'none', '--volume', `${packages.folderWith('pandas')}:/packages:ro`];
  const command = ['run', ...options, '--env', 'PYTHONPATH=/packages', baseImage, 'python3', '-c', timed];
  return Number(await runForOutput('docker', command));
}

export function plainBatches(context) {
  return batches(context, { pipeline: THREE_STAGES });
}

export function pandasBatches(context) {
  return batches(context, PANDAS);
}

// The batches of W2, and what each costs beyond those that every sandbox begins with.
async function batches(context, options) {
  await build(context, options);
  const { records, batchSize } = context.sizes.small;
  const few = batchSize * context.cores;
  const first = await timeRun(await settled(context), smallDataset(few), { batchSize, ...options }, PAUSE_MS);
  const content = context.content(`small-${records}`, () => smallDataset(records));
  const all = await timeRun(await settled(context), content, { batchSize, ...options }, PAUSE_MS);
  const more = (records - few) / batchSize;
  return { seconds: all.seconds, secondsPerBatch: (all.seconds - first.seconds) / more };
}

// Batches of the same, each in a container of its own that has the packages.
export async function pandasDockerRuns(context) {
  await build(context, PANDAS);
  const scripts = join(context.folder, 'pandas-scripts');
  mkdirSync(scripts, { recursive: true });
  const [{ name: _, ...stages }] = PANDAS.pipeline.steps;
  for (const [stage, { source }] of Object.entries(stages)) {
    writeFileSync(join(scripts, `${stage}.py`), source);
  }
  const packages = context.packages.folderWith('pandas');
  return batchesInContainers(context, context.sizes.pandasDockerRunBatches, { scripts, packages });
}

// How often a run imported pandas, which says so in each of its records.
export async function imports(context) {
  await build(context, PANDAS);
  const { records, batchSize } = context.sizes.small;
  const service = await settled(context);
  const { id } = await timeRun(
    service,
    smallDataset(records),
    { ...PANDAS, pipeline: COUNT_IMPORTS, batchSize },
    PAUSE_MS,
  );
  const values = await service.client.values(id);
  return { imports: new Set(values.map(({ imported }) => imported)).size, slots: context.cores };
}

// Environments of wheels that nobody had before, and of wheels that are all here.
export async function newEnvironment(context) {
  const { packages, service } = context;
  const wheels = eightWheels(`bench_new_${serial++}`);
  packages.offer(wheels);
  const projects = wheels.map(({ project }) => project);
  const { seconds } = await packages.environmentOf(service, [projects[0]]);
  const fetchedBefore = packages.index.asked('/files/').length;
  const second = await packages.environmentOf(service, projects.slice(1));
  return {
    seconds,
    secondSeconds: second.seconds,
    secondFetched: packages.index.asked('/files/').length - fetchedBefore,
  };
}

// Runs that want a package at one time which nobody had before.
export async function submissionsAtOnce(context) {
  const { packages } = context;
  const service = await settled(context);
  const { client } = service;
  const wheel = smallWheel(`bench_wanted_${serial++}`);
  packages.offer([wheel]);
  const dataset = await client.uploadDataset(smallDataset(1));
  const before = await builds(client);
  const started = performance.now();
  const submitted = await Promise.all(
    Array.from({ length: context.sizes.submissions }, () =>
      client.submitRun({
        datasetId: dataset.id,
        pipeline: threeStagesImporting(wheel.name),
        environment: { packages: [wheel.project] },
      }),
    ),
  );
  for (const { id } of submitted) {
    const run = await finalRun(service, id, PAUSE_MS);
    refuseUnfinished(run, { status: run.status });
  }
  return {
    seconds: (performance.now() - started) / 1000,
    builds: (await builds(client)) - before,
    looks: packages.index.asked(`/simple/${wheel.project}/`).length,
  };
}

async function builds(client) {
  const counted = /^datapipeline_environment_build_seconds_count\S* (\S+)$/m.exec(await client.metrics());
  return Number(counted?.[1] ?? 0);
}

export async function evictedEnvironment(context) {
  const { packages, service } = context;
  const wheels = eightWheels(`bench_evicted_${serial++}`);
  packages.offer(wheels);
  const wanted = [wheels[0].project];
  const { id } = await packages.environmentOf(service, wanted);
  await service.client.delete(`/api/v1/environments/${id}`);
  const before = packages.index.requests.length;
  const { seconds } = await packages.environmentOf(service, wanted);
  return { seconds, requests: packages.index.requests.length - before };
}

// Containers that are there after runs with many environments, and were not before.
export async function manyEnvironments(context) {
  const service = await settled(context);
  const before = containersOf(service).length;
  for (let i = 0; i < context.sizes.environments; i++) {
    const wheel = smallWheel(`bench_one_of_many_${serial++}`);
    context.packages.offer([wheel]);
    await oneTinyRun(service, { environment: { packages: [wheel.project] } });
  }
  await settled(context);
  return { containers: containersOf(service).length - before };
}

async function build({ packages, service }, { environment }) {
  if (environment) {
    await packages.environmentOf(service, environment.packages);
  }
}
