// The same work without the service: as plain Python, and as a container per batch.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/command.mjs';
import { documentDataset, largeDataset, smallDataset } from '../workloads/datasets.mjs';
import { SCRIPTS_FOLDER } from '../workloads/pipelines.mjs';

export const REFERENCES_FOLDER = new URL('../references/', import.meta.url).pathname;

// W1 as plain Python on every core: seconds from the dataset in a file to all states in files.
export async function bare(context) {
  const { records, batchSize } = context.sizes.large;
  const dataset = context.file('large.json', () => largeDataset(records));
  context.bareResults = freshFolder(context, 'bare');
  return plainPython(dataset, batchSize, context.bareResults);
}

// W11 in the same way.
export async function bareDocuments(context) {
  const { records, batchSize } = context.sizes.documents;
  const dataset = context.file('documents.json', () => documentDataset(records));
  return plainPython(dataset, batchSize, freshFolder(context, 'bare-documents'));
}

async function plainPython(dataset, batchSize, results) {
  const started = performance.now();
  await run('python3', [
    join(REFERENCES_FOLDER, 'bare.py'),
    SCRIPTS_FOLDER,
    dataset,
    String(batchSize),
    results,
  ]);
  return { seconds: secondsSince(started) };
}

// Batches of W2, each with `docker run` in a container of its own, one at a time per core; with no more isolation than that
// and without a network, since setting one up takes longer: the fastest such a system can be.
export function dockerRuns(context) {
  return batchesInContainers(context, context.sizes.dockerRunBatches);
}

// So many batches of those of W2, and the time that all of them would take. The scripts are those of W2 where no folder is given;
// `packages` is a folder that they import from.
export async function batchesInContainers(context, batches, { scripts = SCRIPTS_FOLDER, packages } = {}) {
  const folder = batchFiles(context, batches, context.sizes.small.batchSize);
  const mounts = { '/scripts': scripts, ...(packages ? { '/packages': packages } : {}) };
  const queue = Array.from({ length: batches }, (_, batch) => batch);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: context.cores }, async () => {
      for (let batch = queue.pop(); batch !== undefined; batch = queue.pop()) {
        await runContainer(context, folder, batch, mounts);
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
  await runContainer(context, folder, 0, { '/scripts': SCRIPTS_FOLDER });
  return { seconds: secondsSince(started) };
}

// `mounts` are folders for reading by their places in the container.
function runContainer({ baseImage }, folder, batch, mounts) {
  const readOnly = Object.entries({ '/reference': REFERENCES_FOLDER, ...mounts });
  const volumes = [`${folder}:/work`, ...readOnly.map(([place, source]) => `${source}:${place}:ro`)];
  const options = [
    'run',
    '--rm',
    '--network',
    'none',
    '--log-driver',
    'none',
    ...volumes.flatMap((volume) => ['--volume', volume]),
    ...('/packages' in mounts ? ['--env', 'PYTHONPATH=/packages'] : []),
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
