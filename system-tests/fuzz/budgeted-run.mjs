// A run with a budget, whose every record asks a model up to three times and gets over what goes wrong.
import assert from 'node:assert/strict';
import { picodollars } from '../harness/upstream.mjs';
import { waitUntil } from '../harness/wait.mjs';

const RECORDS = 600;
const BATCH_SIZE = 40;
const DOLLAR = picodollars('1');
const STEP = picodollars('0.06');
// Of a budget that must be used before a run pauses.
const LEAST_USED = 0.95;
const LONGEST_END_MS = 60_000;

const source = (label) => `import asyncio
from datapipeline import ModelCallFailed, chat


def ask(prompt):
    try:
        return chat(prompt, max_tokens=32)
    except ModelCallFailed as failed:
        return f"{failed.status} {failed.code}"


async def transform(record):
    n = record["n"]
    questions = [asyncio.to_thread(ask, f"${label} record {n}, {k}") for k in range(1 + n % 3)]
    return {**record, "answers": await asyncio.gather(*questions)}
`;

export class BudgetedRun {
  #service;
  #callers;
  #budget = STEP;
  #calls = [];

  isOver = false;

  constructor(service, label, callers) {
    this.#service = service;
    this.label = label;
    this.#callers = callers;
  }

  async submit() {
    const { client } = this.#service;
    const records = Array.from({ length: RECORDS }, (_, n) => ({ n }));
    const { id: datasetId } = await client.uploadDataset(JSON.stringify(records));
    const step = { name: 'ask', main: { name: 'ask.py', source: source(this.label) } };
    const run = await client.submitRun({
      datasetId,
      pipeline: { name: 'money', steps: [step] },
      batchSize: BATCH_SIZE,
      recordConcurrency: this.#callers,
      llm: { budget: dollars(this.#budget) },
    });
    this.id = run.id;
  }

  // A call of this run, as it reaches the upstream.
  count(call) {
    this.#calls.push(call);
  }

  get #bill() {
    return this.#calls.reduce((sum, { billed }) => sum + billed, 0);
  }

  // Returns whether it was paused. Bills only grow, so a bill that was ever too high is seen here.
  async raiseWhenPaused() {
    assert.ok(this.#bill <= this.#budget, `${this.label} was billed ${this.#bill} of ${this.#budget}`);
    const run = await this.#service.client.run(this.id);
    if (run.finishedAt) {
      this.isOver = true;
      await this.assertBooksAtRest();
    }
    if (run.status !== 'PAUSED') {
      return false;
    }
    const { spent, unsettled } = await this.assertBooksAtRest();
    assert.ok(
      (spent + unsettled) / this.#budget >= LEAST_USED,
      `paused with ${spent + unsettled} of ${this.#budget}`,
    );
    this.#budget += STEP;
    await this.#service.client.post(`/api/v1/runs/${this.id}/resume`, { budget: dollars(this.#budget) });
    return true;
  }

  async cancel() {
    if (!this.isOver) {
      await this.#service.client.cancelRun(this.id);
      await this.#service.client.waitUntilFinal(this.id, { longestMs: LONGEST_END_MS });
    }
  }

  async assertBooksAtRest() {
    await waitUntil(async () => picodollars((await this.#llm()).reserved) === 0, 'nothing reserved');
    const llm = await this.#llm();
    const [spent, unsettled] = [llm.spent, llm.unsettled].map(picodollars);
    const told = `${this.label} bill ${this.#bill}, budget ${this.#budget}, ${JSON.stringify(llm)}`;
    assert.ok(spent <= this.#bill, told);
    assert.ok(this.#bill <= spent + unsettled, told);
    assert.ok(spent + unsettled <= this.#budget, told);
    return { spent, unsettled };
  }

  async #llm() {
    return (await this.#service.client.run(this.id)).llm;
  }
}

function dollars(amount) {
  return (amount / DOLLAR).toFixed(2);
}
