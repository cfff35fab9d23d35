// A service that asks two indexes of this machine: a general one, and one of its own for the names acme-*, with a password.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageIndex } from '../harness/package-index.mjs';
import { Service } from '../harness/service.mjs';

const LONGEST_RUN_MS = 150_000;
const RECORDS = [{ n: 0 }, { n: 1 }];
// What a service may take for one environment here: less than usual, so that attacks reach it soon.
const LIMITS = {
  DATAPIPELINE_ENVIRONMENT_MAX_SIZE: '64M',
  DATAPIPELINE_ENVIRONMENT_RESOLVE_TIMEOUT: '30S',
  DATAPIPELINE_SANDBOX_LOAD_TIMEOUT: '10S',
};

export class ServiceWithIndexes {
  #folder = mkdtempSync(join(tmpdir(), 'datapipeline-packages-'));
  #dataset;

  index = new PackageIndex();
  ownIndex = new PackageIndex();
  password = randomUUID();

  async start() {
    await this.index.start();
    await this.ownIndex.start();
    this.service = new Service(join(this.#folder, 'data'), {
      ...LIMITS,
      DATAPIPELINE_ENVIRONMENT_DEFAULT_INDEX: 'false',
      ...this.index.settings('general'),
      ...this.ownIndex.settings('own', {
        username: 'reader',
        password: this.password,
        packages: 'acme-*',
      }),
    });
    await this.service.start();
    this.#dataset = (await this.client.uploadDataset(JSON.stringify(RECORDS))).id;
  }

  async stop() {
    await this.service?.stop();
    await this.index.stop();
    await this.ownIndex.stop();
    if (this.service) {
      rmSync(this.environmentFolder, { recursive: true, force: true });
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get client() {
    return this.service.client;
  }

  get environmentFolder() {
    return this.service.environmentFolder;
  }

  get folder() {
    return this.#folder;
  }

  async submit(packages, source, options = {}) {
    const pipeline = { name: 'packages', steps: [{ name: 'only', main: { name: 'main.py', source } }] };
    const { id } = await this.client.submitRun({
      datasetId: this.#dataset,
      pipeline,
      environment: { packages },
      batchSize: 1,
      maxParallelBatches: 1,
      ...options,
    });
    return id;
  }

  // A run with packages as it ended.
  async run(packages, source, options) {
    const id = await this.submit(packages, source, options);
    return this.client.waitUntilFinal(id, { longestMs: LONGEST_RUN_MS });
  }

  // What a module of wheels in the general index says of itself in FOUND, in the first record of a run that must succeed.
  async findings(module, wheels, options) {
    const run = await this.succeeding(module, wheels, `FOUND = ${module}.FOUND`, options);
    return (await this.client.values(run.id))[0].found;
  }

  // A run that imports a module of wheels in the general index, and succeeds; more are lines behind the import.
  async succeeding(module, wheels, more = 'FOUND = None', options = {}) {
    this.offer(wheels);
    const run = await this.run([wheels[0].project], importing(module, more), options);
    assert.equal(run.status, 'SUCCEEDED', `${run.statusReason}`);
    return run;
  }

  offer(wheels) {
    for (const wheel of wheels) {
      this.index.project(wheel.project, wheel);
    }
  }

  // The first of the wheels cannot be used: the run fails before any record, with a code and a reason.
  async refuses(code, reason, ...wheels) {
    this.offer(wheels);
    return this.refusesPackages(code, reason, [wheels[0].project]);
  }

  async refusesPackages(code, reason, packages) {
    const run = await this.run(packages, importing('json', 'FOUND = None'));
    assert.equal(run.status, 'FAILED', JSON.stringify(run.environment));
    assert.ok(run.statusReason.startsWith(`${code}: `), run.statusReason);
    assert.match(run.statusReason, reason);
    assert.equal(run.environment.error.code, code);
    assert.equal(run.records.cancelled, run.records.total);
    return run;
  }

  // The index cannot be used: the run waits and says why, until it is cancelled.
  async waitsForIndex(packages, reason) {
    const id = await this.submit(packages, importing('json', 'FOUND = None'));
    const run = await this.client.waitUntilRun(
      id,
      ({ environment, finishedAt }) => finishedAt || environment.waitsFor === 'INDEX',
      'did not wait for an index',
      { longestMs: LONGEST_RUN_MS },
    );
    assert.deepEqual([run.status, run.waitsFor], ['QUEUED', 'ENVIRONMENT'], run.statusReason);
    assert.match(run.environment.waitsReason, reason);
    await this.client.cancelRun(id);
    return run;
  }

  // Packages are built, with a warning, and the run fails while it imports them: before any record.
  async failsToImport(wheel, reason) {
    this.offer([wheel]);
    const run = await this.run([wheel.project], importing(wheel.name, 'FOUND = None'));
    assert.equal(run.status, 'FAILED');
    assert.match(run.statusReason, reason);
    assert.equal(run.records.cancelled, run.records.total);
    const { warnings } = await this.environment(run);
    assert.ok(warnings.some((warning) => warning.startsWith(`import ${wheel.name} fails in a sandbox: `)));
  }

  environment({ environment }) {
    return this.client.get(`/api/v1/environments/${environment.id}`);
  }

  async buildLog({ environment }) {
    return (await this.client.get(`/api/v1/environments/${environment.id}/log`)).text;
  }
}

// A script that returns what it found in FOUND, beside the record.
function importing(module, more) {
  return `import ${module}\n${more}\n\n\ndef transform(record):\n    return {**record, 'found': FOUND}\n`;
}
