// The same work without the service: as plain Python, and as a container per batch.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/command.mjs';
import { largeDataset, smallDataset } from '../lib/datasets.mjs';
import { SCRIPTS_FOLDER } from '../lib/pipelines.mjs';

export const REFERENCES_FOLDER = new URL('../references/', import.meta.url).pathname;

// W1 as plain Python on every core: seconds from the dataset in a file to all states in files.
export async function bare(context) {
  const { records, batchSize } = context.sizes.large;
  const dataset = context.file('large.json', () => largeDataset(records));
  context.bareResults = freshFolder(context, 'bare');
  const started = performance.now();
  await run('python3', [
    join(REFERENCES_FOLDER, 'bare.py'),
    SCRIPTS_FOLDER,
    dataset,
    String(batchSize),
    context.bareResults,
  ]);
  return { seconds: secondsSince(started) };
}

// Batches of W2, each with `docker run` in a container of its own, one at a time per core; with no more isolation than that
// and without a network, since setting one up takes longer: the fastest such a system can be.
export async function dockerRuns(context) {
  const batches = context.sizes.dockerRunBatches;
  const folder = batchFiles(context, batches, context.sizes.small.batchSize);
  const queue = Array.from({ length: batches }, (_, batch) => batch);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: context.cores }, async () => {
      for (let batch = queue.pop(); batch !== undefined; batch = queue.pop()) {
        await runContainer(context, folder, batch);
      }
    }),
  );
  const seconds = secondsSince(started);
  const wanted = context.sizes.small.records / context.sizes.small.batchSize;
  return { seconds: (seconds / batches) * wanted, measuredBatches: batches, batches: wanted };
}

// W3 in one container, with nothing beside it.
export async function dockerRun(context) {
  const folder = batchFiles(context, 1, 10);
  const started = performance.now();
  await runContainer(context, folder, 0);
  return { seconds: secondsSince(started) };
}

function runContainer({ baseImage }, folder, batch) {
  const mounts = [`${folder}:/work`, `${REFERENCES_FOLDER}:/reference:ro`, `${SCRIPTS_FOLDER}:/scripts:ro`];
  const options = [
    'run',
    '--rm',
    '--network',
    'none',
    '--log-driver',
    'none',
    ...mounts.flatMap((mount) => ['--volume', mount]),
  ];
  return run('docker', [
    ...options,
    baseImage,
    'python3',
    '/reference/batch.py',
    '/scripts',
    `/work/${batch}.json`,
    `/work/${batch}.ndjson`,
  ]);
}

function batchFiles(context, batches, batchSize) {
  const folder = freshFolder(context, 'docker-run');
  for (let batch = 0; batch < batches; batch++) {
    writeFileSync(join(folder, `${batch}.json`), smallDataset(batchSize));
  }
  return folder;
}

function freshFolder({ folder }, name) {
  const made = join(folder, name);
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made);
  return made;
}

function secondsSince(started) {
  return (performance.now() - started) / 1000;
}
