// A run whose results are known beforehand, followed through faults.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { LONGEST_RECOVERY_MS, waitUntil } from '../harness/wait.mjs';

// Every record whose number leaves one of these rests is refused by the script. No record has two causes.
const CAUSES = [
  { of: 50, rest: 7, type: 'ValueError', message: 'unlucky number' },
  { of: 100, rest: 33, type: 'LookupError', message: 'unknown number' },
];
const LONGEST_RUN_MS = 120_000;

export class KnownRun {
  #service;
  #records;
  #seconds;
  #batchSize;
  #key = randomUUID();
  #dataset;
  #corrected = [];

  // seconds is the time that each record takes
  constructor(service, { records = 300, batchSize = 5, seconds = 0.02 } = {}) {
    this.#service = service;
    this.#records = records;
    this.#seconds = seconds;
    this.#batchSize = batchSize;
  }

  get numbers() {
    return Array.from({ length: this.#records }, (_, n) => n);
  }

  get batches() {
    return Math.ceil(this.#records / this.#batchSize);
  }

  // Posts dataset and run. May be called again when the answer got lost: their keys keep them from being doubled.
  async submit() {
    const records = this.numbers.map((n) => ({ n }));
    const dataset = await this.#service.client.uploadDataset(JSON.stringify(records), {
      name: 'faults',
      headers: this.#headers,
    });
    const pipeline = this.#pipeline(this.#seconds);
    const run = await this.#service.client.submitRun(
      { datasetId: dataset.id, pipeline, batchSize: this.#batchSize },
      this.#headers,
    );
    this.id = run.id;
    this.#dataset = dataset.id;
    return this;
  }

  #pipeline(seconds) {
    return {
      name: 'faults',
      steps: [{ name: 'double', main: { name: 'double.py', source: this.#source(seconds) } }],
    };
  }

  #source(seconds) {
    const refusals = this.#refusals.map(
      ({ of, rest, type, message }) => `    if record["n"] % ${of} == ${rest}:
        raise ${type}("${message}")
`,
    );
    return `import time
def transform(record):
    time.sleep(${seconds})
${refusals.join('')}    return {**record, "double": record["n"] * 2}
`;
  }

  get #headers() {
    return { 'Idempotency-Key': this.#key };
  }

  async retry() {
    await this.#service.client.post(`${this.#path}/retry`, {});
  }

  // Runs the records with the most frequent cause again, now with scripts that take them. Resolves with their number.
  async retryCorrected(seconds) {
    const { items } = await this.#service.client.get(`${this.#path}/failures`);
    const [{ id, message, count }] = items;
    this.#corrected.push(CAUSES.find((cause) => cause.message === message));
    await this.#service.client.post(
      `${this.#path}/retry`,
      { cause: id, pipeline: this.#pipeline(seconds) },
      this.#headers,
    );
    return count;
  }

  async cancel() {
    await this.#service.client.cancelRun(this.id);
  }

  // The run with its results, and its dataset.
  async delete() {
    await this.#service.client.deleteRun(this.id);
    await this.#service.client.deleteDataset(this.#dataset);
  }

  look() {
    return this.#service.client.run(this.id);
  }

  get #path() {
    return `/api/v1/runs/${this.id}`;
  }

  async finishedBatches() {
    const { items } = await this.#service.client.get(`${this.#path}/batches?limit=1000`);
    return items.filter((batch) => batch.status === 'SUCCEEDED');
  }

  // How the earlier attempts at a batch ended.
  async earlierAttempts(number) {
    const { items } = await this.#service.client.get(`${this.#path}/batches/${number}/attempts`);
    return items.slice(0, -1).map((attempt) => attempt.outcome);
  }

  // The finished batches, once there are at least so many and the run is still at work.
  async afterBatches(count) {
    await waitUntil(async () => {
      const run = await this.look();
      return run.status === 'RUNNING' && run.batches.succeeded >= count;
    }, `${count} batches`);
    const batches = await this.finishedBatches();
    assert.ok(batches.length < this.batches, 'the run is over already, there is nothing to prove');
    return batches;
  }

  // Once there are at least so many records with a result and the run is still at work.
  async afterRecords(count) {
    await waitUntil(async () => (await this.look()).records.succeeded >= count, `${count} records`);
    assert.equal((await this.look()).status, 'RUNNING', 'the run is over already, there is nothing to prove');
  }

  // Another batch finishes before long; test is told how long it took.
  async assertGoesOn(test) {
    const rest = await this.nextBatch();
    test.diagnostic(`another batch had finished after ${rest} ms`);
    assert.ok(rest < LONGEST_RECOVERY_MS);
  }

  // Milliseconds until another batch has finished, 0 when none is left to.
  async nextBatch() {
    const before = (await waitForAnswer(() => this.finishedBatches())).length;
    const wanted = Math.min(before + 1, this.batches);
    return waitUntil(async () => (await this.finishedBatches()).length >= wanted, 'another batch');
  }

  async end() {
    await waitUntil(
      async () => (await this.look()).finishedAt !== null,
      `the end of run ${this.id}`,
      LONGEST_RUN_MS,
    );
    return this.look();
  }

  // Every record accounted for once and in order, with the results of a run without faults; counters are those of the data.
  async assertWhole(before = []) {
    const failing = this.numbers.filter((n) => this.#causeOf(n));
    const succeeding = this.numbers.filter((n) => !this.#causeOf(n));
    const run = await this.end();
    assert.equal(run.status, failing.length > 0 ? 'PARTIAL' : 'SUCCEEDED', run.statusReason);
    assert.deepEqual(run.records, {
      ...run.records,
      total: this.#records,
      succeeded: succeeding.length,
      failed: failing.length,
      pending: 0,
    });
    const states = await this.#lines('states');
    assert.deepEqual(
      states.map((state) => state.raw.n),
      this.numbers,
    );
    assert.deepEqual(
      states.filter((state) => state.error).map((state) => state.raw.n),
      failing,
    );
    for (const { raw, error } of states.filter((state) => state.error)) {
      const { type, message } = this.#causeOf(raw.n);
      assert.deepEqual([error.type, error.message], [type, message]);
    }
    assert.deepEqual(
      await this.#lines('final'),
      succeeding.map((n) => ({ n, double: n * 2 })),
    );
    await this.#assertNotRunAgain(before);
  }

  // What has failed so far was refused by the script: no other cause is known.
  async assertNoneBlamed() {
    const { items } = await this.#service.client.get(`${this.#path}/failures`);
    for (const { type, message } of items) {
      assert.ok(
        this.#refusals.some((cause) => cause.type === type && cause.message === message),
        `${type}: ${message}`,
      );
    }
  }

  // Why the script refuses this number, undefined when it does not.
  #causeOf(number) {
    return this.#refusals.find(({ of, rest }) => number % of === rest);
  }

  get #refusals() {
    return CAUSES.filter((cause) => !this.#corrected.includes(cause));
  }

  async #assertNotRunAgain(before) {
    const after = await this.finishedBatches();
    assert.equal(after.length, this.batches);
    for (const batch of before) {
      assert.deepEqual(after[batch.number], batch);
    }
  }

  async #lines(view) {
    const pieces = [];
    await this.#service.client.downloadResults(this.id, view, (piece) => pieces.push(piece));
    return Buffer.concat(pieces)
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

async function waitForAnswer(question) {
  let answer;
  await waitUntil(async () => {
    answer = await question();
    return true;
  }, 'an answer');
  return answer;
}
