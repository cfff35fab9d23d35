// A clock that jumps an hour forward and back in the middle of a run: that of the service alone, and that of its database as well.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Service } from '../harness/service.mjs';
import { ExternalDatabase } from './external-database.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

// Of Debian's package faketime.
const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find(existsSync);
const HOUR_MS = 3_600_000;
const JUMPS = ['+1h', '-1h', '+0h'];

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const clock = join(folder, 'clock');
const database = new ExternalDatabase();

before(() => database.start());

after(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a clock that jumps', { skip: LIBRARY === undefined && 'the package faketime is missing' }, () => {
  for (const [whose, settings, mostAttempts] of [
    ['the service', () => database.settings(), 1],
    // Leases are over at once, and what is under way may run again.
    ['the service and its database', () => ({}), 10],
  ]) {
    test(`as that of ${whose} costs no result`, async (t) => {
      jump('+0h');
      const service = new Service(join(folder, whose.replaceAll(' ', '-')), {
        ...settings(),
        ...fakeTime(),
      });
      await service.start();
      try {
        const run = await new KnownRun(service, { records: 600 }).submit();
        const before = await run.afterBatches(3);

        for (const distance of JUMPS) {
          jump(distance);
          const ahead = await offsetOf(service);
          assert.ok(
            Math.abs(ahead - Number.parseInt(distance, 10) * HOUR_MS) < HOUR_MS / 20,
            `${distance}, but ${ahead} ms ahead`,
          );
          await run.assertGoesOn(t);
        }
        assert.equal((await run.look()).status, 'RUNNING', 'the jumps came in its middle');

        await run.assertWhole(before);
        const attempts = (await run.finishedBatches()).map((batch) => batch.attempt);
        assert.ok(Math.max(...attempts) <= mostAttempts, `${Math.max(...attempts)} attempts`);
        await assertDurations(service);
        await assertTidy(service);
      } finally {
        await service.end('SIGTERM');
      }
    });
  }
});

function fakeTime() {
  return {
    LD_PRELOAD: LIBRARY,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
  };
}

function jump(distance) {
  writeFileSync(clock, `${distance}\n`);
}

// How far the clock of the service is ahead of ours, by what it says of a run.
async function offsetOf(service) {
  const run = await new KnownRun(service, { records: 10 }).submit();
  const [, time] = new RegExp(`^(\\S+) INFO .* run ${run.id} accepted`, 'm').exec(service.log);
  return new Date(time).getTime() - Date.now();
}

// The clock that durations are taken from did not jump.
async function assertDurations(service) {
  const metrics = await (await fetch(`${service.address}/q/metrics`)).text();
  for (const [, name, seconds] of metrics.matchAll(/^(datapipeline_\w+_seconds_(?:sum|max))\S* (\S+)$/gm)) {
    assert.ok(Number(seconds) >= 0 && Number(seconds) < HOUR_MS / 1_000, `${name} is ${seconds}`);
  }
  assert.match(metrics, /^datapipeline_batch_duration_seconds_sum/m);
}
