// Environments of a service, each with a package of its own out of an index of the test, and what must be left of them on the disk.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../harness/wait.mjs';
import { Wheel } from '../harness/wheel.mjs';

const LONGEST_RUN_MS = 180_000;
const MODULES = 12;
const RECORDS = [{ n: 0 }, { n: 1 }];
const NAME = /^[0-9a-f]{64}$/;

// A run that uses a package which nobody has used before; may be submitted again.
export class RunWithPackage {
  #service;
  #name;
  #key = randomUUID();
  #dataset;
  #id;

  // The package needs another one, so that there are two wheels.
  constructor(service, index, name) {
    this.#service = service;
    this.#name = name;
    const base = new Wheel(`${name}_base`).with(`${name}_base.py`, `VALUE = '${name}'\n`);
    const wheel = new Wheel(name, '1.0', { requires: [base.project] });
    wheel.with(`${name}/__init__.py`, `from ${name}_base import VALUE\n`);
    for (let module = 0; module < MODULES; module++) {
      wheel.with(`${name}/module_${module}.py`, `NUMBER = ${module}\n`.repeat(100));
    }
    index.project(base.project, base);
    index.project(wheel.project, wheel);
  }

  async submit() {
    this.#dataset ??= await this.#service.client.uploadDataset(JSON.stringify(RECORDS));
    const source = `import ${this.#name}\n\n\ndef transform(record):\n    return {'value': ${this.#name}.VALUE}\n`;
    const pipeline = { name: 'packages', steps: [{ name: 'only', main: { name: 'main.py', source } }] };
    const environment = { packages: [this.#name.replaceAll('_', '-')] };
    const run = { datasetId: this.#dataset.id, pipeline, environment, batchSize: 1, maxParallelBatches: 1 };
    const { id } = await this.#service.client.submitRun(run, { 'Idempotency-Key': this.#key });
    this.#id = id;
  }

  // Another run with the same package.
  again() {
    this.#key = randomUUID();
  }

  // The run succeeds, and its environment is READY afterwards; returns the id of the environment.
  async assertWhole() {
    const run = await this.#service.client.waitUntilFinal(this.#id, { longestMs: LONGEST_RUN_MS });
    assert.equal(run.status, 'SUCCEEDED', `${run.statusReason}`);
    const values = await this.#service.client.values(this.#id);
    assert.deepEqual(
      values,
      RECORDS.map(() => ({ value: this.#name })),
    );
    assert.equal((await this.environment(run.environment.id)).status, 'READY');
    return run.environment.id;
  }

  environment(id) {
    return this.#service.client.get(`/api/v1/environments/${id}`);
  }
}

// The files of every READY environment are those of its manifest, and there is nothing else.
export async function assertFilesOfEnvironments(service) {
  const { items } = await service.client.get('/api/v1/environments?limit=200');
  const ready = items.filter(({ status }) => status === 'READY').length;
  const folder = service.environmentFolder;
  const entries = readdirSync(folder).filter((name) => name !== 'owner');
  const folders = entries.filter((name) => NAME.test(name)).sort();
  const manifests = folders.map((name) => `${name}.manifest`);
  assert.deepEqual(entries.sort(), [...folders, ...manifests].sort(), 'nothing half made');
  assert.equal(folders.length, ready, 'a folder for each environment that is READY');
  for (const name of folders) {
    assertMatchesManifest(join(folder, name));
  }
  const incoming = join(service.folder, 'wheels', 'incoming');
  await waitUntil(
    async () => !existsSync(incoming) || readdirSync(incoming).length === 0,
    'no half-fetched wheel',
  );
}

function assertMatchesManifest(folder) {
  const [heading, ...lines] = readFileSync(`${folder}.manifest`, 'utf8').trimEnd().split('\n');
  assert.equal(heading, 'environment 1');
  const files = lines.map((line) => {
    const [sha256, size, ...path] = line.split(' ');
    return { path: path.join(' '), size: Number(size), sha256 };
  });
  const found = readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
  assert.deepEqual(found, files.map(({ path }) => path).sort());
  for (const { path, size, sha256 } of files) {
    const bytes = readFileSync(join(folder, path));
    assert.equal(bytes.length, size);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, path);
  }
}
