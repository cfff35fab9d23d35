// Model calls under faults: an upstream that is away, slow, refuses or cuts; a service, a database and a sandbox that die with calls
// under way; a budget that runs out. Every record has its answer once, and the books say what was billed.
import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, docker } from '../harness/containers.mjs';
import {
  answers,
  breaksOff,
  cutsInTheMiddle,
  ModelStub,
  neverAnswers,
  refuses,
  STUB_KEY,
  STUB_MODEL,
} from '../harness/model-stub.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { picodollars, upstreamSettings } from '../harness/upstream.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { assertTidy } from './leftovers.mjs';
import { ModelRun } from './model-run.mjs';

const SLOTS = 4;
const AWAY_MS = 5_000;
const LONGEST_CANCEL_MS = 2_000;

const stub = new ModelStub();
await stub.start();
const upstream = { baseUrl: stub.address, key: STUB_KEY, model: STUB_MODEL, prices: stub.prices };
const service = serviceOfFile({
  ...upstreamSettings('stub', upstream),
  DATAPIPELINE_DISPATCH_SLOTS: String(SLOTS),
});

beforeEach(() => {
  stub.script = () => answers({ afterMs: 20 });
  stub.forget();
});
afterEach(() => run?.cancelIfOpen());
after(() => stub.stop());

// The run of a test, which is cancelled after it where it goes on.
let run;

async function submit(options) {
  run = await new ModelRun(service, stub, options).submit();
}

// What comes of the first call with each prompt; later ones are answered.
function firstOf(outcome) {
  const asked = new Set();
  return (call) => {
    const wasAsked = asked.has(call.prompt);
    asked.add(call.prompt);
    return wasAsked ? answers() : outcome(call);
  };
}

describe('an upstream', () => {
  test('that is away for a while keeps calls waiting, and fails no record', async () => {
    await submit();
    await waitUntil(async () => stub.calls.length >= 5, 'calls');

    await stub.stop();
    await pause(AWAY_MS);
    await stub.start();

    await run.assertWhole();
    await run.assertBooksAreTrue();
  });

  test('that answers slowly uses the time of the record', async () => {
    stub.script = ({ prompt }) => (prompt === 'record 1' ? neverAnswers() : answers());
    await submit({
      records: 4,
      batchSize: 4,
      recordTimeoutSeconds: 1,
    });

    const { records } = await run.end();

    assert.deepEqual([records.succeeded, records.failed], [3, 1]);
    const [{ error }] = (await service.client.records(run.id)).filter(({ status }) => status === 'FAILED');
    assert.equal(error.type, 'TIMEOUT');
    await waitUntil(async () => stub.open === 0, 'the end of the call at the upstream', LONGEST_CANCEL_MS);
    await run.assertBooksAreTrue();
  });

  test('that refuses for a while by its rate limit does not use the time of the record', async () => {
    const headers = { 'Retry-After': '3', 'x-ratelimit-limit-requests': '6000' };
    stub.script = firstOf(() => refuses(429, { code: 'rate_limit_exceeded', headers }));
    await submit({
      records: 4,
      batchSize: 2,
      recordTimeoutSeconds: 2,
    });

    const { llm } = await run.assertWhole();

    assert.ok(llm.waitingMillis >= 3_000, `${llm.waitingMillis} ms`);
    await run.assertBooksAreExact();
  });

  test('that loses connections and fails now and then costs tries, no record', async () => {
    const faults = [
      breaksOff(),
      cutsInTheMiddle(),
      breaksOff({ isBilled: true }),
      refuses(500, { isBilled: true }),
      refuses(503),
    ];
    stub.script = firstOf(({ number }) =>
      number % 2 === 0 ? faults[(number / 2) % faults.length] : answers(),
    );

    await submit();

    await run.assertWhole();
    const { unsettled } = await run.assertBooksAreTrue();
    assert.ok(picodollars(unsettled) > 0);
  });

  test('that refuses our key pauses the run, which goes on once it takes it, and tells nobody the key', async () => {
    let isRefusing = true;
    stub.script = () => (isRefusing ? refuses(401, { code: 'invalid_api_key' }) : answers());
    await submit();
    const paused = await run.pausedOrFinal();
    assert.equal(paused.status, 'PAUSED');
    assert.match(paused.statusReason, /key/);
    assert.ok(!JSON.stringify([paused, await service.client.records(run.id)]).includes(STUB_KEY));

    isRefusing = false;
    await run.resume();

    await run.assertWhole();
    await run.assertBooksAreExact();
    assert.ok(!service.log.includes(STUB_KEY));
  });
});

describe('a service that is killed with calls under way', () => {
  test('pays again at most for those', async () => {
    stub.script = () => answers({ afterMs: 200 });
    await submit();
    await waitUntil(async () => stub.answeredPrompts.size >= 10 && stub.open > 0, 'calls under way');

    await service.end('SIGKILL');
    const known = new Set(stub.answeredPrompts.keys());
    await service.start();

    await run.assertWhole();
    await run.assertBooksAreTrue();
    const paidTwice = [...stub.answeredPrompts].filter(([prompt, times]) => times > 1 && known.has(prompt));
    // An answer may have arrived at a service that had no time to write it down.
    assert.ok(paidTwice.length <= SLOTS, JSON.stringify(paidTwice));
    assert.ok(stub.calls.length <= run.prompts.length + SLOTS, `${stub.calls.length} calls`);
    await assertTidy(service);
  });
});

describe('a sandbox that is killed with calls under way', () => {
  test('ends them at the upstream, and what was answered is not paid again', async () => {
    let isSlow = true;
    stub.script = ({ number }) => (isSlow && number >= 10 ? neverAnswers() : answers());
    await submit();
    await waitUntil(async () => stub.open === SLOTS || stub.calls.length > 12, 'calls under way');
    const answered = new Set(stub.answeredPrompts.keys());

    isSlow = false;
    docker(['kill', ...containersOf(service)]);

    await waitUntil(
      async () => stub.calls.slice(0, 14).every(({ isOver }) => isOver),
      'the end of the calls',
    );
    await run.assertWhole();
    await run.assertBooksAreTrue();
    for (const prompt of answered) {
      assert.equal(stub.answeredPrompts.get(prompt), 1, prompt);
    }
  });
});

describe('a database that is killed while calls are settled', () => {
  test('costs no answer and no money', async () => {
    stub.script = () => answers({ afterMs: 100 });
    await submit();
    await waitUntil(async () => stub.answeredPrompts.size >= 8, 'answers');

    kill(service.databaseId, 'SIGKILL');

    await run.assertWhole();
    await run.assertBooksAreTrue();
  });
});

describe('a run that is cancelled with calls under way', () => {
  test('ends them at the upstream', async () => {
    stub.script = () => neverAnswers();
    await submit();
    await waitUntil(async () => stub.open > 0, 'calls under way');

    await service.client.cancelRun(run.id);

    await waitUntil(async () => stub.open === 0, 'the end of the calls', LONGEST_CANCEL_MS);
    await run.end();
    await run.assertBooksAreTrue();
  });
});

describe('a budget that runs out', () => {
  // A call costs 0.00035, its claim is 0.0028.
  const SMALL_BUDGET = '0.010';

  test('pauses the run, which goes on with more, each record once', async () => {
    await submit({ records: 60, llm: { budget: SMALL_BUDGET } });
    const paused = await run.pausedOrFinal();
    assert.equal(paused.status, 'PAUSED', JSON.stringify(paused));
    assert.ok(paused.records.succeeded < 60);
    assert.equal(paused.records.failed, 0);
    await run.assertBooksAreExact();
    await assert.rejects(run.resume('0.001'), { status: 422 });

    await run.resume('1.00');

    await run.assertWhole();
    await run.assertBooksAreExact();
    assert.ok([...stub.answeredPrompts.values()].every((times) => times === 1));
  });

  test('keeps the run paused through a restart of the service', async () => {
    await submit({ records: 60, llm: { budget: SMALL_BUDGET } });
    await run.pausedOrFinal();
    const { length } = stub.calls;

    await service.end('SIGKILL');
    await service.start();

    assert.equal((await run.look()).status, 'PAUSED');
    assert.equal(stub.calls.length, length);
    await run.resume('1.00');
    await run.assertWhole();
    await run.assertBooksAreExact();
    assert.ok([...stub.answeredPrompts.values()].every((times) => times === 1));
  });
});
