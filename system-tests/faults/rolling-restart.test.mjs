// A service that is restarted again and again while clients go on sending: whoever repeats what was refused gets one run, and no run is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { RefusedError } from '../harness/client.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const RESTARTS = 10;
const CLIENTS = 4;
const WORK_MS = 1_500;
const BEFORE_REPEATING_MS = 200;

const service = serviceOfFile({ DATAPIPELINE_WORKER_SHUTDOWN_GRACE: '2s' });

test(`${RESTARTS} restarts under load cost no submission and double none`, async (t) => {
  const runsBefore = await count('runs');
  const submitted = [];
  const refusals = new Map();
  let goesOn = true;
  const client = async () => {
    while (goesOn) {
      submitted.push(await submit(refusals));
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);

  for (let restart = 0; restart < RESTARTS; restart++) {
    await pause(WORK_MS);
    await service.end('SIGTERM');
    await service.start();
  }
  goesOn = false;
  await Promise.all(clients);

  for (const run of submitted) {
    await run.assertWhole();
  }
  t.diagnostic(`${submitted.length} runs, told to come back: ${JSON.stringify([...refusals])}`);
  assert.ok(submitted.length > RESTARTS);
  assert.equal(await count('runs'), runsBefore + submitted.length);
  assert.equal(await count('datasets'), runsBefore + submitted.length);
  await assertTidy(service);
});

// As a client does that keeps its Idempotency-Key and comes back when there is no answer, or it is told to.
async function submit(refusals) {
  const run = new KnownRun(service, { records: 20, seconds: 0.005 });
  await waitUntil(
    async () => {
      try {
        await run.submit();
        return true;
      } catch (refused) {
        const what = refused instanceof RefusedError ? refused.status : 'no answer';
        assert.ok([503, 'no answer'].includes(what), refused.message);
        refusals.set(what, (refusals.get(what) ?? 0) + 1);
        await pause(BEFORE_REPEATING_MS);
        return false;
      }
    },
    'an accepted run',
    120_000,
  );
  return run;
}

async function count(what) {
  let number = 0;
  for (let cursor = ''; cursor !== undefined; ) {
    const page = await service.client.get(`/api/v1/${what}?limit=1000${cursor}`);
    number += page.items.length;
    cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : undefined;
  }
  return number;
}
