// A service that ends in the middle of a run, by force or as asked: the next start goes on, nothing is lost and nothing doubled.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, docker } from '../harness/containers.mjs';
import { Service } from '../harness/service.mjs';
import { KnownRun } from './known-run.mjs';
import { assertNothingLeft, assertTidy } from './leftovers.mjs';

// What a Java process says that has stopped in order after SIGTERM.
const ENDED_AS_ASKED = 128 + 15;
const GRACE_MS = 3_000;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const service = new Service(join(folder, 'data'), {
  DATAPIPELINE_WORKER_SHUTDOWN_GRACE: `${GRACE_MS}ms`,
});
let foreignContainer;

before(() => {
  const label = `dev.datapipeline.installation=${randomUUID()}`;
  foreignContainer = docker(['create', '--label', label, env.DATAPIPELINE_SANDBOX_BASE_IMAGE, 'true'])[0];
});

afterEach(async () => {
  if (service.isRunning) {
    await service.end('SIGTERM');
  }
});

after(() => {
  docker(['rm', '--force', foreignContainer]);
  rmSync(folder, { recursive: true, force: true });
});

describe('a service that is killed in the middle of a run', () => {
  for (const finished of [0, 20]) {
    test(`goes on after ${finished} batches`, async (t) => {
      await service.start();
      const run = await new KnownRun(service).submit();
      const before = await run.afterBatches(finished);
      const deadContainers = containersOf(service);

      await service.end('SIGKILL');
      await service.start();

      await run.assertGoesOn(t);
      await run.assertWhole(before);
      await assertTidy(service);
      assert.deepEqual(
        containersOf(service).filter((container) => deadContainers.includes(container)),
        [],
      );
      assert.deepEqual(
        docker(['ps', '--all', '--quiet', '--no-trunc', '--filter', `id=${foreignContainer}`]),
        [foreignContainer],
      );
    });
  }

  test('still has the results of the runs before', async () => {
    await service.start();
    const run = await new KnownRun(service).submit();
    const state = await run.end();

    await service.end('SIGKILL');
    await service.start();

    assert.deepEqual(await run.look(), state);
    await run.assertWhole();
  });
});

describe('a service that is killed in the middle of a retry of one cause', () => {
  test('goes on with the records of that cause and leaves the others as they are', async () => {
    await service.start();
    const run = await new KnownRun(service, { records: 600, batchSize: 50, seconds: 0.001 }).submit();
    const { records } = await run.end();
    const retried = await run.retryCorrected(0.5);
    await run.afterRecords(records.succeeded + retried / 3);

    await service.end('SIGKILL');
    await service.start();

    await run.assertWhole();
    const { records: after } = await run.look();
    assert.deepEqual(
      [after.succeeded, after.failed],
      [records.succeeded + retried, records.failed - retried],
    );
    await assertTidy(service);
  });
});

describe('a service that is asked to stop in the middle of a run', () => {
  test('finishes what is under way, says so, and goes on at the next start', async () => {
    await service.start();
    const run = await new KnownRun(service, { records: 60, seconds: 0.2 }).submit();
    const before = await run.afterBatches(2);

    service.signal('SIGTERM');
    service.signal('SIGTERM');
    await pause(100);
    assert.equal(await service.isReady(), false);
    assert.equal((await run.look()).status, 'RUNNING');
    assert.equal(await service.ended, ENDED_AS_ASKED);
    assertNothingLeft(service);
    await service.start();

    await run.assertWhole(before);
    const again = (await run.finishedBatches()).filter((batch) => batch.attempt > 1);
    assert.deepEqual(again, [], 'what was under way had finished and needed no second attempt');
  });

  test('gives back what takes too long', async () => {
    await service.start();
    const run = await new KnownRun(service, { records: 4, batchSize: 2, seconds: 6 }).submit();
    await run.afterBatches(0);

    const asked = Date.now();
    assert.equal(await service.end('SIGTERM'), ENDED_AS_ASKED);
    assert.ok(Date.now() - asked < GRACE_MS + 5_000);
    await service.start();

    await run.assertWhole();
    assert.deepEqual(await run.earlierAttempts(0), ['RELEASED']);
  });
});
