// A service that stands still for longer than its leases hold: what it does late is void, and every result is there once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

// Long enough for a disk that stands still for some seconds, which costs a lease and is no mistake.
const LEASE_MS = 10_000;

const service = serviceOfFile({ DATAPIPELINE_WORKER_LEASE: `${LEASE_MS}ms` });

test('a service that was stopped for longer than a lease goes on', async () => {
  const run = await new KnownRun(service, { records: 200 }).submit();
  const before = await run.afterBatches(3);

  service.signal('SIGSTOP');
  await pause(LEASE_MS + 2_000);
  service.signal('SIGCONT');

  await run.assertWhole(before);
  await assertTidy(service);
});

test('batches that take longer than a lease keep it', async () => {
  const run = await new KnownRun(service, {
    records: 2,
    batchSize: 1,
    seconds: (LEASE_MS + 2_000) / 1000,
  }).submit();

  await run.assertWhole();

  const attempts = (await run.finishedBatches()).map((batch) => batch.attempt);
  assert.deepEqual(attempts, [1, 1], service.log);
});
