// Model calls from many sandboxes at once, to an upstream that answers, refuses and breaks at random, while sandboxes and the service are
// killed. Never may the upstream bill more for a run than its budget; at rest the books must cover the bill, nothing may be reserved, and a
// run that pauses must have used its budget.
// usage: node money.mjs CALLS SEED, with the environment of system-tests/harness/service.mjs
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, removeContainers } from '../harness/containers.mjs';
import {
  answers,
  breaksOff,
  cutsInTheMiddle,
  ModelStub,
  neverAnswers,
  refuses,
  STUB_KEY,
  STUB_MODEL,
  streams,
} from '../harness/model-stub.mjs';
import { Random } from '../harness/random.mjs';
import { Service } from '../harness/service.mjs';
import { picodollars, upstreamSettings } from '../harness/upstream.mjs';
import { BudgetedRun } from './budgeted-run.mjs';

const SANDBOXES = 8;
const CALLERS_IN_SANDBOX = 8;
const RUNS = 2;
const BETWEEN_LOOKS_MS = 200;
const LONGEST_STANDSTILL_MS = 120_000;
// How often a look is followed by a kill.
const SANDBOX_IS_KILLED = 0.03;
const SERVICE_IS_KILLED = 0.01;

const [wanted, seed] = argv.slice(2).map(Number);
const random = new Random(seed);
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-money-'));
const stub = new ModelStub(outcome);
let service;
let runs = [];
const counts = { pauses: 0, runs: 0, sandboxKills: 0, serviceKills: 0 };

// Nine of ten calls are answered.
function outcome(call) {
  runs.find(({ label }) => call.prompt.startsWith(label))?.count(call);
  return random.chance(0.9) ? goodOutcome() : badOutcome();
}

function goodOutcome() {
  const tokens = 1 + random.below(32);
  return random.chance(0.2) ? streams({ tokens, gapMs: 1 }) : answers({ tokens, afterMs: random.below(40) });
}

function badOutcome() {
  const isBilled = random.chance(0.5);
  const headers = {
    'retry-after-ms': String(random.below(200)),
    'x-ratelimit-limit-requests': '60000',
  };
  return random.pick([
    () => breaksOff({ afterMs: random.below(20), isBilled }),
    () => cutsInTheMiddle({ tokens: 1 + random.below(32) }),
    () => streams({ tokens: 20, gapMs: 1, cutAfter: random.below(20) }),
    () => refuses(500, { isBilled }),
    () => refuses(503, { isBilled }),
    () => refuses(400),
    () => refuses(429, { code: 'rate_limit_exceeded', headers }),
    () => (random.chance(0.1) ? neverAnswers({ tokens: 32 }) : answers({ afterMs: 300 })),
  ])();
}

async function fuzz() {
  await stub.start();
  const upstream = { baseUrl: stub.address, key: STUB_KEY, model: STUB_MODEL, prices: stub.prices };
  service = new Service(join(folder, 'data'), {
    ...upstreamSettings('stub', upstream),
    DATAPIPELINE_DISPATCH_SLOTS: String(SANDBOXES),
    DATAPIPELINE_SANDBOX_LIMITS_CRASHES_PER_BATCH: '1000',
  });
  await service.start();
  while (stub.calls.length < wanted) {
    await keepRunsGoing();
    await harm();
    await assertGoesOn();
    await pause(BETWEEN_LOOKS_MS);
  }
  await finish();
}

async function keepRunsGoing() {
  for (const run of runs) {
    counts.pauses += await run.raiseWhenPaused();
  }
  runs = runs.filter(({ isOver }) => !isOver);
  while (runs.length < RUNS) {
    counts.runs++;
    const run = new BudgetedRun(service, `run ${counts.runs},`, CALLERS_IN_SANDBOX);
    runs.push(run);
    await run.submit();
  }
}

async function harm() {
  if (random.chance(SANDBOX_IS_KILLED)) {
    const [container] = docker([
      'ps',
      '--quiet',
      '--filter',
      `label=dev.datapipeline.installation=${service.installation}`,
    ]);
    if (container) {
      counts.sandboxKills++;
      removeContainers([container]);
    }
  }
  if (random.chance(SERVICE_IS_KILLED)) {
    counts.serviceKills++;
    await service.end('SIGKILL');
    await service.start();
  }
}

let callsBefore = 0;
let movedAt = Date.now();

async function assertGoesOn() {
  if (stub.calls.length > callsBefore) {
    callsBefore = stub.calls.length;
    movedAt = Date.now();
  }
  assert.ok(Date.now() - movedAt < LONGEST_STANDSTILL_MS, `no call for ${LONGEST_STANDSTILL_MS / 1000} s`);
}

async function finish() {
  for (const run of runs) {
    await run.cancel();
    await run.assertBooksAtRest();
  }
}

try {
  await fuzz();
  const dollars = (stub.bill / picodollars('1')).toFixed(4);
  console.log(
    `${stub.calls.length} calls, $${dollars} billed, never more than a budget: ${JSON.stringify(counts)}, seed ${seed}`,
  );
} catch (error) {
  console.error(`Seed ${seed}, after ${stub.calls.length} calls, ${JSON.stringify(counts)}: ${error.stack}`);
  console.error(
    service?.log
      .split('\n')
      .filter((line) => /WARN|ERROR/.test(line))
      .slice(-20)
      .join('\n'),
  );
  process.exitCode = 1;
} finally {
  await service?.stop();
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
}
exit();
