// Packages and indexes that attack: H111 to H140 of docs/security.md, on a real service whose indexes are of this machine.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { memoryOf } from '../harness/processes.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { Wheel } from '../harness/wheel.mjs';
import { ContainerWatch } from './container-watch.mjs';
import { HOSTILE_IMPORTS } from './hostile-imports.mjs';
import { HOSTILE_INDEXES } from './hostile-indexes.mjs';
import { HOSTILE_WHEELS } from './hostile-wheels.mjs';
import { ServiceWatch } from './service-watch.mjs';
import { ServiceWithIndexes } from './service-with-indexes.mjs';

const MEBIBYTE = 1 << 20;
const AT_ONE_TIME = 4;
const LONGEST_READINESS_MS = 2_000;
// An index may send pages of 64 MB, and what it sends is read into objects.
const MOST_MEMORY_GROWTH = 300 * MEBIBYTE;

const attacks = [...HOSTILE_WHEELS, ...HOSTILE_INDEXES, ...HOSTILE_IMPORTS];
const attacked = new ServiceWithIndexes();
let containers;
let watch;
let memoryBefore;

before(async () => {
  await attacked.start();
  containers = new ContainerWatch(attacked.service);
  memoryBefore = memoryOf(attacked.service.processId);
  watch = new ServiceWatch(attacked.service);
});

after(async () => {
  await watch?.close();
  await containers?.close();
  await attacked.stop();
});

test('every attack stands in a row of docs/security.md, and every row has one', () => {
  const document = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const rows = document
    .slice(document.indexOf('## Attacks by packages'))
    .matchAll(/^\| (H\d+) \| (.+?) \|/gm);
  assert.deepEqual(
    [...rows].map(([, number, tries]) => `${number}: ${tries}`),
    attacks.map(({ name }) => name),
  );
});

describe('hostile packages harm nothing but the runs that declare them', { concurrency: AT_ONE_TIME }, () => {
  for (const { name, attempt } of attacks) {
    test(name, () => attempt(attacked));
  }
});

describe('after all of them', () => {
  test('the service was ready all the time, and did not grow', async (context) => {
    await watch.close();

    const growth = watch.highestMemory - memoryBefore;
    context.diagnostic(
      `${watch.looks} looks, ${Math.round(watch.longestAnswerMs)} ms at most, ${Math.round(growth / MEBIBYTE)} MB more`,
    );
    assert.deepEqual(watch.refusals, []);
    assert.ok(
      watch.longestAnswerMs < LONGEST_READINESS_MS,
      `${watch.longestAnswerMs} ms until readiness was told`,
    );
    assert.ok(growth < MOST_MEMORY_GROWTH, `${growth} bytes more`);
  });

  test('a harmless package is built and used', async () => {
    assert.equal(await attacked.findings('harmless', [harmless()]), 'harmless');
  });

  test('nothing is left of builds that failed', async () => {
    await waitUntil(
      async () => !readdirSync(attacked.environmentFolder).some((name) => name.startsWith('staging-')),
      'no staged folder',
    );
    assert.deepEqual(readdirSync(join(attacked.service.folder, 'wheels', 'incoming')), []);
  });

  test('no container, log or answer carried the password of an index', async () => {
    const environments = await attacked.client.get('/api/v1/environments?limit=200');
    const inspected = await containers.close();

    assert.ok(inspected.size > attacks.length, `${inspected.size} containers were seen`);
    for (const text of [...inspected.values(), attacked.service.log, JSON.stringify(environments)]) {
      assertHidden(text);
    }
    for (const { id } of environments.items) {
      assertHidden(JSON.stringify(await attacked.client.get(`/api/v1/environments/${id}/log`)));
    }
  });
});

function harmless() {
  return new Wheel('harmless').with('harmless.py', 'FOUND = "harmless"\n');
}

function assertHidden(text) {
  const password = readFileSync(join(attacked.service.folder, 'postgresql-password'), 'utf8').trim();
  assert.ok(!text.includes(attacked.password), 'the password of an index');
  assert.ok(!text.includes(password), 'the password of the database');
}
