// A service that dies exactly between two steps goes on at its next start, with every result once.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { Service } from '../harness/service.mjs';
import { crashAt, crashPoints, HALTED, ofToday, requestCrashPoints } from './crash-points.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const service = new Service(join(folder, 'data'));

afterEach(async () => {
  if (service.isRunning) {
    await service.end('SIGTERM');
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

describe('a service that dies in the middle of a run', () => {
  for (const point of ofToday(crashPoints)) {
    test(point.name, async () => {
      await service.start();
      crashAt(point, service, folder);
      const run = new KnownRun(service, { records: 60, seconds: 0.001 });
      // The first points may come before the answer does.
      await run.submit().catch(() => undefined);
      assert.equal(await service.endedBy(point.name), HALTED);

      await service.start();
      await run.submit();

      await run.assertWhole();
      await assertTidy(service);
    });
  }
});

describe('a service that dies before it has answered', () => {
  for (const point of ofToday(requestCrashPoints)) {
    test(point.name, async () => {
      await service.start();
      crashAt(point, service, folder);
      const run = new KnownRun(service, { records: 20, seconds: 0.001 });
      const runsBefore = await countRuns();
      await assert.rejects(run.submit());
      assert.equal(await service.endedBy(point.name), HALTED);

      await service.start();
      await run.submit();

      await run.assertWhole();
      await assertTidy(service);
      assert.equal(await countRuns(), runsBefore + 1);
    });
  }
});

describe('a service that dies in the middle of a retry', () => {
  for (const point of ofToday(crashPoints.slice(3, 8))) {
    test(point.name, async () => {
      await service.start();
      const run = await new KnownRun(service, { records: 600, batchSize: 50, seconds: 0.001 }).submit();
      await run.assertWhole();
      await service.end('SIGTERM');
      await service.start();
      crashAt(point, service, folder);
      await run.retry();
      assert.equal(await service.endedBy(point.name), HALTED);

      await service.start();

      await run.assertWhole();
    });
  }
});

async function countRuns() {
  const { items } = await (await fetch(`${service.address}/api/v1/runs?limit=1000`)).json();
  return items.length;
}
