// Runs that are cancelled and deleted at any moment, more than once at a time: what had finished stays, and after a delete nothing does.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf } from '../harness/containers.mjs';
import { Random } from '../harness/random.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const TIMES = env.EVERY_FAULT === '1' ? 200 : 20;
const SEED = 34;
const LONGEST_MOMENT_MS = 800;
const LONGEST_CANCEL_MS = 5_000;

const service = serviceOfFile();

test(`${TIMES} runs that are cancelled twice at any moment and deleted in a race leave nothing`, async (t) => {
  const random = new Random(SEED);
  const ends = new Map();
  for (let time = 0; time < TIMES; time++) {
    const run = await new KnownRun(service, {
      records: 40,
      batchSize: 1 + random.below(8),
      seconds: 0.01,
    }).submit();
    await pause(random.below(LONGEST_MOMENT_MS));

    const asked = Date.now();
    const early = await deleteRun(run);
    const answers = await Promise.all([ask(run, 'cancel'), ask(run, 'cancel')]);
    assert.ok(Date.now() - asked < LONGEST_CANCEL_MS);
    if (early === 204) {
      // It had ended by itself before, and is gone.
      assert.deepEqual(answers, [404, 404]);
      count(ends, 'deleted at once');
      continue;
    }
    assert.equal(early, 409, 'an open run is not deleted');
    count(ends, await assertCancelled(run, answers));

    const deletions = await Promise.all([deleteRun(run), deleteRun(run), read(run)]);
    assert.ok(deletions.slice(0, 2).includes(204), `${deletions}`);
    assert.ok(
      deletions.slice(0, 2).every((status) => [204, 404].includes(status)),
      `${deletions}`,
    );
  }
  t.diagnostic(JSON.stringify([...ends]));
  assert.ok(ends.get('CANCELLED') > TIMES / 4, 'many were cancelled in their middle');
  await assertNothingOfRuns();
  await assertTidy(service);
});

// Returns the state it has ended in, which it stays in.
async function assertCancelled(run, answers) {
  const { status, records, batches } = await run.look();
  assert.equal(records.succeeded + records.failed + records.skipped + records.cancelled, records.total);
  assert.equal(batches.running + batches.queued, 0);
  if (status === 'CANCELLED') {
    assert.deepEqual(answers, [200, 200]);
  } else {
    assert.deepEqual([...new Set(answers)], [409], `the run had ended by itself: ${status}`);
  }
  const response = await fetch(`${service.address}/api/v1/runs/${run.id}/results?format=ndjson&view=final`);
  const lines = (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  assert.equal(lines.length, records.succeeded);
  assert.ok(lines.every(({ n, double }) => double === 2 * n));
  assert.deepEqual((await run.look()).records, records, 'what comes late changes nothing');
  return status;
}

async function assertNothingOfRuns() {
  assert.deepEqual((await service.client.get('/api/v1/runs')).items, []);
  await waitUntil(
    async () => readdirSync(join(service.folder, 'blobs/runs')).length === 0,
    'no results of runs',
  );
  for (const { id } of (await service.client.get('/api/v1/datasets?limit=1000')).items) {
    await service.client.deleteDataset(id);
  }
  await waitUntil(
    async () => readdirSync(join(service.folder, 'blobs/datasets')).length === 0,
    'no records of datasets',
  );
  // Sandboxes that wait for a run are kept.
  await waitUntil(
    async () => containersOf(service).length === (await service.livingSandboxes()),
    'no sandbox too many',
  );
}

function count(ends, what) {
  ends.set(what, (ends.get(what) ?? 0) + 1);
}

async function ask(run, what) {
  return answered(await fetch(`${service.address}/api/v1/runs/${run.id}/${what}`, { method: 'POST' }));
}

async function deleteRun(run) {
  return answered(await fetch(`${service.address}/api/v1/runs/${run.id}`, { method: 'DELETE' }));
}

// A reader that meets the delete gets all of it, or learns that it is gone.
async function read(run) {
  try {
    return await answered(
      await fetch(`${service.address}/api/v1/runs/${run.id}/results?format=ndjson&view=states`),
    );
  } catch {
    return 'cut';
  }
}

async function answered(response) {
  await response.text();
  assert.ok(response.status < 500, `${response.status} from ${response.url}`);
  return response.status;
}
