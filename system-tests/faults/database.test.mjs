// A database that dies, stands still or lets nobody in: clients are told to come back, nothing is lost, and the service goes on by itself.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, kill } from 'node:process';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { ForeignSessions } from './foreign-sessions.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const LONGEST_HEALTH_MS = 1_000;
const STANDSTILL_MS = 8_000;
const SHORTAGE_MS = 5_000;

const service = serviceOfFile();

describe('a database server that is killed in the middle of a run', () => {
  for (const time of env.EVERY_FAULT === '1' ? [1, 2, 3] : [1]) {
    test(`is back, time ${time}`, async (t) => {
      const run = await new KnownRun(service, { records: 400 }).submit();
      const before = await run.afterBatches(3);

      kill(service.databaseId, 'SIGKILL');
      await assertAnswersAreNoFaultsOfOurs(2_000);

      await run.assertGoesOn(t);
      await run.assertWhole(before);
      await assertTidy(service);
    });
  }
});

describe('a session of the database that is killed in the middle of a run', () => {
  test('costs nothing', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    // The server takes all the others down with it, since it cannot know what this one left half done.
    kill(sessionsOf(service.databaseId)[0], 'SIGKILL');

    await run.assertGoesOn(t);
    await run.assertWhole(before);
  });
});

describe('a database that stands still', () => {
  test('turns readiness off, not the service, and goes on', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);
    const processes = [service.databaseId, ...sessionsOf(service.databaseId)];

    for (const id of processes) {
      kill(id, 'SIGSTOP');
    }
    try {
      const stopped = Date.now();
      await waitUntil(async () => !(await service.isReady()), 'not ready', STANDSTILL_MS);
      while (Date.now() - stopped < STANDSTILL_MS) {
        await assertHealthAnswersAtOnce();
        await pause(200);
      }
    } finally {
      for (const id of processes) {
        kill(id, 'SIGCONT');
      }
    }

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await assertTidy(service);
  });
});

describe('a database whose sessions are all taken by others', () => {
  test('turns requests and readiness away until one is free, and costs nothing', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);
    const others = new ForeignSessions(join(service.folder, 'postgresql'));

    others.open();
    try {
      await waitUntil(async () => {
        clientSessionsOf(service.databaseId).forEach(endSession);
        return others.haveAll;
      }, 'no session left to the service');
      await waitUntil(
        async () => /all its sessions are in use/.test(await service.client.readiness()),
        'the reason',
      );
      assert.ok(!(await service.isReady()));
      assert.deepEqual(await assertAnswersAreNoFaultsOfOurs(SHORTAGE_MS), new Set([503]));
      assert.ok(others.haveAll);
    } finally {
      others.close();
    }

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await assertTidy(service);
  });
});

// Whatever is asked: an answer, or that the database is away and when to ask again.
// Returns the statuses there were.
async function assertAnswersAreNoFaultsOfOurs(duration) {
  const started = Date.now();
  const statuses = new Set();
  while (Date.now() - started < duration) {
    const response = await fetch(`${service.address}/api/v1/runs`, { signal: AbortSignal.timeout(10_000) });
    statuses.add(response.status);
    if (!response.ok) {
      const { code } = await response.json();
      assert.deepEqual([response.status, code], [503, 'DATABASE_UNAVAILABLE']);
      assert.ok(response.headers.get('retry-after'));
    }
    await assertHealthAnswersAtOnce();
    await pause(50);
  }
  return statuses;
}

async function assertHealthAnswersAtOnce() {
  for (const kind of ['live', 'ready']) {
    const started = Date.now();
    const response = await fetch(`${service.address}/q/health/${kind}`, {
      signal: AbortSignal.timeout(10_000),
    });
    assert.ok(Date.now() - started < LONGEST_HEALTH_MS, `${kind} took ${Date.now() - started} ms`);
    assert.ok(kind === 'ready' || response.ok, 'the process is alive');
  }
}

// Those that have said their password; the server serves itself with others.
function clientSessionsOf(server) {
  return sessionsOf(server).filter((id) => /127\.0\.0\.1\(\d+\) (?!authentication)/.test(commandLineOf(id)));
}

// As pg_terminate_backend does it: this session ends and no other.
function endSession(id) {
  try {
    kill(id, 'SIGTERM');
  } catch (gone) {
    assert.equal(gone.code, 'ESRCH');
  }
}

function commandLineOf(id) {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

function sessionsOf(server) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === server)
    .map(Number);
}

function parentOf(id) {
  try {
    return Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
  } catch {
    return undefined;
  }
}
