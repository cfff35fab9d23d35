// A PostgreSQL of somebody else's, which crashes and stays away, and a network to it that is slow, resets connections or loses what
// they carry.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { ExternalDatabase } from './external-database.mjs';
import { FaultyLine } from './faulty-line.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const LEASE_MS = 10_000;
const TIMES = env.EVERY_FAULT === '1' ? 20 : 3;
const BETWEEN_TIMES_MS = 500;
const SLOW_MS = 30;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const database = new ExternalDatabase();
let line;
let service;

before(async () => {
  await database.start();
  line = new FaultyLine(database.port);
  await line.open();
  service = serviceIn('data', line.port);
});

afterEach(() => line.mend());

after(async () => {
  if (service.isRunning) {
    await service.end('SIGTERM');
  }
  line.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function serviceIn(name, port) {
  return new Service(join(folder, name), {
    ...database.settings(port),
    DATAPIPELINE_WORKER_LEASE: `${LEASE_MS}ms`,
  });
}

describe('an empty database', () => {
  test('is made ready once by two services that start at the same time', async () => {
    const other = serviceIn('other-data', database.port);
    try {
      await Promise.all([service.start(), other.start()]);
    } finally {
      await other.end('SIGTERM');
    }

    const versions = await database.ask(
      'select version, count(*) from flyway_schema_history where success group by version',
    );
    assert.ok(versions.length > 0);
    assert.deepEqual(
      versions.filter(([, times]) => times !== '1'),
      [],
    );
    await (await new KnownRun(service, { records: 20 }).submit()).assertWhole();
  });
});

describe('a database of a later version', () => {
  test('is refused at the start, with the reason', async () => {
    await service.end('SIGTERM');
    await database.ask(`insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
      values (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'somebody', 1, true)`);
    try {
      await assert.rejects(service.start(), /did not start/);
      assert.match(service.log, /999/);
      assert.notEqual(await service.endedBy('a schema of the future'), 0);
    } finally {
      await database.ask("delete from flyway_schema_history where version = '999'");
    }
    await service.start();
  });
});

describe('a database server of its own', () => {
  test(`that crashes ${TIMES} times in a run costs nothing`, async (t) => {
    const run = await new KnownRun(service, { records: 200 + 150 * TIMES }).submit();
    const before = await run.afterBatches(3);

    for (let time = 0; time < TIMES; time++) {
      database.crash();
      await assertAnswersAreNoFaultsOfOurs();
      database.launch();
      await pause(BETWEEN_TIMES_MS);
    }

    await run.assertGoesOn(t);
    await run.assertWhole(before);
    await assertTidy(service);
  });

  test('that is away for longer than a lease costs its time', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    database.crash();
    await waitUntil(
      async () => /does not answer/.test(await service.client.readiness()),
      'not ready, and why',
    );
    await pause(LEASE_MS + 5_000);
    await assertAnswersAreNoFaultsOfOurs();
    database.launch();

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await assertTidy(service);
  });
});

describe('a network to the database', () => {
  test('that is slow costs its time', async () => {
    line.delay(SLOW_MS);
    const run = await new KnownRun(service, { records: 100 }).submit();

    await run.assertWhole();
    await assertTidy(service);
  });

  test(`that resets all connections ${TIMES} times costs nothing`, async (t) => {
    const run = await new KnownRun(service, { records: 200 + 50 * TIMES }).submit();
    const before = await run.afterBatches(3);

    for (let time = 0; time < TIMES; time++) {
      line.cut();
      await assertAnswersAreNoFaultsOfOurs();
      await pause(BETWEEN_TIMES_MS);
    }

    await run.assertGoesOn(t);
    await run.assertWhole(before);
    await assertTidy(service);
  });

  test('that loses everything for longer than a lease and tells nobody costs its time', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    line.fallSilent();
    await waitUntil(async () => !(await service.isReady()), 'not ready');
    await pause(LEASE_MS + 2_000);
    line.mend();

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await assertTidy(service);
  });
});

// An answer, or that the database is away and when to ask again.
async function assertAnswersAreNoFaultsOfOurs() {
  for (const path of [
    '/api/v1/runs',
    '/api/v1/datasets',
    '/api/v1/runs/00000000-0000-0000-0000-000000000000',
  ]) {
    const response = await fetch(service.address + path, { signal: AbortSignal.timeout(20_000) });
    const { code } = await response.json();
    assert.ok(
      response.status < 500 || (response.status === 503 && code === 'DATABASE_UNAVAILABLE'),
      `${response.status} ${code} from ${path}`,
    );
    assert.ok(response.status < 500 || response.headers.get('retry-after'));
  }
}
