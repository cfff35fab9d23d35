// A Docker engine that dies, hangs or loses what it had, and people who remove sandboxes by hand.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, docker, removeContainers } from '../harness/containers.mjs';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { EngineOfItsOwn } from './engine-of-its-own.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const OUTAGE_MS = 10_000;
const SHORTAGE_MS = 5_000;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const engine = new EngineOfItsOwn();
const service = new Service(join(folder, 'data'), { DOCKER_HOST: engine.host });

before(async () => {
  await engine.start();
  await service.start();
});

after(async () => {
  await service.end('SIGTERM');
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a Docker engine', () => {
  test('that is killed and comes back costs no result', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    engine.signal('SIGKILL');
    await waitUntil(async () => !(await service.isReady()), 'not ready');
    await engine.launch();

    await run.assertGoesOn(t);
    await run.assertWhole(before);
    await assertTidy(service, engine.host);
  });

  test('that hangs turns readiness off, not the service', async () => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    engine.signal('SIGSTOP');
    try {
      await waitUntil(async () => !(await service.isReady()), 'not ready');
      await pause(OUTAGE_MS);
      assert.ok((await run.look()).records.succeeded > 0);
    } finally {
      engine.signal('SIGCONT');
    }

    await run.assertWhole(before);
    await waitUntil(() => service.isReady(), 'ready again');
    await assertTidy(service, engine.host);
  });
});

describe('a Docker engine without space', () => {
  test('costs no result, and is named until it has some', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    engine.fillDisk();
    try {
      removeContainers(containersOf(service, engine.host), engine.host);
      await waitUntil(async () => /out of disk space/.test(await service.client.readiness()), 'the reason');
      await pause(SHORTAGE_MS);
      assert.equal((await run.look()).status, 'RUNNING');
      await run.assertNoneBlamed();
    } finally {
      engine.freeDisk();
    }

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await assertTidy(service, engine.host);
  });
});

describe('somebody', () => {
  test('who removes sandboxes at work costs no result', async (t) => {
    const run = await new KnownRun(service, { records: 400 }).submit();
    const before = await run.afterBatches(3);

    removeContainers(containersOf(service, engine.host), engine.host);

    await run.assertGoesOn(t);
    await run.assertWhole(before);
    await assertTidy(service, engine.host);
  });

  test('who removes the images is told what is missing', async () => {
    await service.end('SIGTERM');
    const images = docker(['images', '--format', '{{.Repository}}:{{.Tag}}'], engine.host);
    docker(['rmi', '--force', ...images.filter((image) => !image.includes('<none>'))], engine.host);

    await service.start({ untilReady: false });
    await waitUntil(
      async () => /The base image \S+ is missing/.test(await service.client.readiness()),
      'the reason',
    );
    await assert.rejects(new KnownRun(service, { records: 4 }).submit(), /503 from POST \/api\/v1\/runs/);
    await engine.loadBaseImage();

    const run = new KnownRun(service, { records: 4 });
    await waitUntil(() => run.submit().then(() => true), 'an accepted run');
    await run.assertWhole();
  });
});
