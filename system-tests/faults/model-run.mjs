// A run whose every record asks the model of a stub once, followed through faults.
import assert from 'node:assert/strict';
import { picodollars } from '../harness/upstream.mjs';
import { waitUntil } from '../harness/wait.mjs';

// Tokens that an answer may have, so that claims are small.
export const MOST_TOKENS = 32;
const LONGEST_RUN_MS = 90_000;
// The sums that people see follow the log of calls.
const LONGEST_BOOKING_MS = 5_000;
const SOURCE = `from datapipeline import chat


def transform(record):
    return {**record, "answer": chat(f"record {record['n']}", max_tokens=${MOST_TOKENS})}
`;

export class ModelRun {
  #service;
  #stub;
  #records;
  #batchSize;
  #options;

  // options are those of the run.
  constructor(service, stub, { records = 40, batchSize = 5, ...options } = {}) {
    this.#service = service;
    this.#stub = stub;
    this.#records = records;
    this.#batchSize = batchSize;
    this.#options = { llm: {}, ...options };
  }

  get prompts() {
    return Array.from({ length: this.#records }, (_, n) => `record ${n}`);
  }

  async submit() {
    const records = Array.from({ length: this.#records }, (_, n) => ({ n }));
    const dataset = await this.#service.client.uploadDataset(JSON.stringify(records));
    const pipeline = {
      name: 'model calls',
      steps: [{ name: 'ask', main: { name: 'ask.py', source: SOURCE } }],
    };
    const order = { datasetId: dataset.id, pipeline, batchSize: this.#batchSize, ...this.#options };
    this.id = (await this.#service.client.submitRun(order)).id;
    return this;
  }

  look() {
    return this.#service.client.run(this.id);
  }

  pausedOrFinal() {
    return this.#until(({ status, finishedAt }) => status === 'PAUSED' || finishedAt, 'a pause or the end');
  }

  // The database may be away meanwhile.
  async #until(condition, what) {
    let run;
    await waitUntil(
      async () => {
        run = await this.look();
        return condition(run);
      },
      what,
      LONGEST_RUN_MS,
    );
    return run;
  }

  resume(budget) {
    return this.#service.client.post(`/api/v1/runs/${this.id}/resume`, budget ? { budget } : {});
  }

  end() {
    return this.#until(({ finishedAt }) => finishedAt, 'the end');
  }

  // So that it takes no part in the next test.
  async cancelIfOpen() {
    if (this.id && !(await this.look()).finishedAt) {
      await this.#service.client.cancelRun(this.id);
    }
  }

  // Every record succeeded, once, with the answer to its own prompt. Returns the run.
  async assertWhole() {
    const run = await this.end();
    assert.equal(run.status, 'SUCCEEDED', JSON.stringify(run));
    assert.equal(run.records.succeeded, this.#records);
    assert.deepEqual(
      await this.#service.client.values(this.id),
      this.prompts.map((answer, n) => ({ n, answer })),
    );
    return run;
  }

  // Nothing is reserved while nothing is open; what was billed is booked, and no more than the budget is. Returns the books.
  async assertBooksAreTrue() {
    let llm;
    await waitUntil(
      async () => {
        llm = (await this.look()).llm;
        return this.#stub.bill <= picodollars(llm.spent) + picodollars(llm.unsettled);
      },
      `${this.#stub.bill} in the books`,
      LONGEST_BOOKING_MS,
    );
    const [spent, unsettled, reserved] = [llm.spent, llm.unsettled, llm.reserved].map(picodollars);
    const told = JSON.stringify({ bill: this.#stub.bill, llm });
    assert.equal(reserved, 0, told);
    assert.ok(spent <= this.#stub.bill, told);
    assert.ok(spent + unsettled <= picodollars(llm.budget), told);
    return llm;
  }

  // As above where every outcome is known for certain.
  async assertBooksAreExact() {
    const llm = await this.assertBooksAreTrue();
    assert.deepEqual([picodollars(llm.spent), picodollars(llm.unsettled)], [this.#stub.bill, 0]);
    return llm;
  }
}
