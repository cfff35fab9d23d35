// Faults of every kind at random moments, for as long as wanted; after each round every promise is checked.
// usage: node soak.mjs MINUTES SEED
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, kill } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, removeContainers } from '../harness/containers.mjs';
import { Random } from '../harness/random.mjs';
import { Service } from '../harness/service.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const FAULTS_PER_ROUND = 6;
const RUNS_PER_ROUND = 2;
const LEASE_MS = 6_000;
const LONGEST_MOMENT_MS = 1_500;

const minutes = Number(argv[2]);
const seed = Number(argv[3]);
const random = new Random(seed);
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-soak-'));
const service = new Service(join(folder, 'data'), {
  DATAPIPELINE_WORKER_LEASE: `${LEASE_MS}ms`,
  DATAPIPELINE_WORKER_SHUTDOWN_GRACE: '1s',
});
const counts = new Map();
let longestRest = 0;

// The more often a kind stands here, the more often it happens.
const kinds = [
  ...Array(6).fill(['service killed', killService]),
  ['service stopped in order', () => service.end('SIGTERM').then(() => service.start())],
  ['service stood still', standStill],
  ['database killed', async () => kill(service.databaseId, 'SIGKILL')],
  ['sandboxes removed', removeSandboxes],
];

async function killService() {
  await service.end('SIGKILL');
  await service.start();
}

async function standStill() {
  service.signal('SIGSTOP');
  await pause(random.below(2 * LEASE_MS));
  service.signal('SIGCONT');
}

async function removeSandboxes() {
  removeContainers(containersOf(service));
}

async function round() {
  const runs = [];
  for (let number = 0; number < RUNS_PER_ROUND; number++) {
    const size = {
      records: 200 + random.below(800),
      batchSize: 1 + random.below(20),
      seconds: random.below(10) / 1000,
    };
    runs.push(await new KnownRun(service, size).submit());
  }
  for (let fault = 0; fault < FAULTS_PER_ROUND; fault++) {
    await pause(random.below(LONGEST_MOMENT_MS));
    const [name, happen] = random.pick(kinds);
    await happen();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  longestRest = Math.max(longestRest, ...(await Promise.all(runs.map((run) => run.nextBatch()))));
  for (const run of runs) {
    await run.assertWhole();
  }
  await assertTidy(service);
}

console.log(`Faults for ${minutes} minutes, seed ${seed}. The log of the service is in ${folder}.`);
const started = Date.now();
try {
  await service.start();
  while (Date.now() - started < minutes * 60_000) {
    await round();
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${Math.round((Date.now() - started) / 1000)} s: ${total} faults, every record accounted for`,
    );
  }
} catch (violation) {
  console.error(`A promise was broken with seed ${seed}:`, violation);
  process.exitCode = 1;
}
if (service.isRunning) {
  await service.end('SIGTERM');
}
for (const [name, count] of counts) {
  console.log(`${String(count).padStart(6)} ${name}`);
}
console.log(`${String(longestRest).padStart(6)} ms at most until another batch had finished`);
if (process.exitCode !== 1) {
  rmSync(folder, { recursive: true, force: true });
}
