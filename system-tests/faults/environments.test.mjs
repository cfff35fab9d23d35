// Whatever ends while an environment is made, used or removed: nothing half made is left, and it is READY in the end.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, removeContainers } from '../harness/containers.mjs';
import { PackageIndex } from '../harness/package-index.mjs';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { assertFilesOfEnvironments, RunWithPackage } from './built-environments.mjs';
import { crashAt, HALTED } from './crash-points.mjs';
import { kills, killsOfToday } from './environment-kills.mjs';
import { assertNothingLeft, assertTidy } from './leftovers.mjs';

const LONGEST_SETTLING_MS = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const index = new PackageIndex();
let service;

before(async () => {
  await index.start();
  service = new Service(join(folder, 'data'), {
    DATAPIPELINE_ENVIRONMENT_DEFAULT_INDEX: 'false',
    ...index.settings('general'),
  });
});

afterEach(async () => {
  if (service.isRunning) {
    await assertWhole();
  }
});

after(async () => {
  await service.stop();
  assertNothingLeft(service);
  await index.stop();
  rmSync(service.environmentFolder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('there are 100 kills', () => {
  assert.equal(kills.length, 100);
  assert.equal(new Set(kills.map(({ name }) => name)).size, kills.length);
});

for (const [number, kill] of killsOfToday().entries()) {
  test(kill.name, async () => {
    await startAgain();
    const run = new RunWithPackage(service, index, `package_${number}`);
    if (kill.phase !== 'build') {
      await run.submit();
      const id = await run.assertWhole();
      run.again();
      if (kill.phase === 'rebuild') {
        await service.client.delete(`/api/v1/environments/${id}`);
      } else {
        await die(kill, () => service.client.delete(`/api/v1/environments/${id}`));
        await startAgain();
        await assertWhole();
      }
    }
    if (kill.phase !== 'removal') {
      await die(kill, () => run.submit());
      await startAgain();
    }

    await run.submit();

    await run.assertWhole();
  });
}

async function startAgain() {
  if (!service.isRunning) {
    await service.start();
  }
}

// Begins something that has no answer, or has one before the kill.
async function die(kill, begin) {
  if (kill.kind === undefined) {
    crashAt(kill, service, folder);
    await begin().catch(() => undefined);
    assert.equal(await service.endedBy(kill.name), HALTED);
    return;
  }
  await begin();
  await pause(kill.afterMs);
  if (kill.kind === 'service') {
    await service.end('SIGKILL');
  } else {
    removeContainers(containersOf(service));
  }
}

// A sandbox that was killed, and files of a build that it ended, take a moment.
async function assertWhole() {
  let failure;
  await waitUntil(
    async () => {
      failure = await assertFilesOfEnvironments(service).catch((each) => each);
      return failure === undefined;
    },
    'the files of the environments are whole',
    LONGEST_SETTLING_MS,
  ).catch(() => {
    throw failure;
  });
  await assertTidy(service);
}
