// No space, or no more files, for anything the service writes, its database included: requests are told so, nothing is damaged, and with space all is well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const DISK = '600m';
const FILES = 5_000;
const PIECE = Buffer.alloc(1024 * 1024);
const SHORTAGE_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const disk = join(folder, 'disk');
const filler = join(disk, 'filler');
// Without the floors below which nothing is taken in, which would keep the disk from filling up.
const service = new Service(join(disk, 'data'), {
  DATAPIPELINE_ADMISSION_MIN_FREE_SPACE: '0',
  DATAPIPELINE_DATASET_MIN_FREE_SPACE: '0',
});

before(async () => {
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},nr_inodes=${FILES}`, 'tmpfs', disk]);
  await service.start();
});

after(async () => {
  await service.end('SIGTERM');
  execFileSync('umount', ['--lazy', disk]);
  rmSync(folder, { recursive: true, force: true });
});

// Two ways of being full, each with what makes it so until it is over.
const SHORTAGES = [
  { of: 'space', take: takeSpace, giveBack: () => unlinkSync(filler) },
  { of: 'files', take: takeFiles, giveBack: () => rmSync(filler, { recursive: true }) },
];

for (const { of, take, giveBack } of SHORTAGES) {
  test(`a run goes on after a shortage of ${of}`, async (t) => {
    const small = await new KnownRun(service, { records: 10 }).submit();
    await small.assertWhole();
    const run = await new KnownRun(service, { records: 1_000 }).submit();
    const before = await run.afterBatches(3);

    take();
    const answers = new Set();
    for (const started = Date.now(); Date.now() - started < SHORTAGE_MS; await pause(100)) {
      take();
      answers.add(await upload());
      answers.add(await savePipeline());
      answers.add(await look(small));
    }
    assert.ok(service.isRunning);
    assert.ok(
      [...answers].some((answer) => /^507 The disk of the service is (nearly )?full/.test(answer)),
      `${[...answers]}`,
    );
    assert.ok(
      [...answers].some((answer) => /^507 The database has no space left|^503/.test(answer)),
      `${[...answers]}`,
    );
    giveBack();

    await run.assertGoesOn(t);
    await waitUntil(() => service.isReady(), 'ready again');
    await run.assertWhole(before);
    await small.assertWhole();
    await assertTidy(service);
    t.diagnostic(`answers meanwhile: ${[...answers].join(', ')}`);
  });
}

// To the last block.
function takeSpace() {
  const file = openSync(filler, 'a');
  try {
    for (let size = PIECE.length; size >= 1; size = Math.floor(size / 2)) {
      writeWhileItFits(file, size);
    }
  } finally {
    closeSync(file);
  }
}

function writeWhileItFits(file, size) {
  assertOnlyFull(() => {
    while (statfsSync(disk).bavail > 0 && writeSync(file, PIECE, 0, size) === size);
  });
}

// To the last one that there may be, whatever space is left.
function takeFiles() {
  assertOnlyFull(() => {
    mkdirSync(filler, { recursive: true });
    while (statfsSync(disk).ffree > 0) {
      closeSync(openSync(join(filler, randomUUID()), 'w'));
    }
  });
}

function assertOnlyFull(write) {
  try {
    write();
  } catch (full) {
    assert.equal(full.code, 'ENOSPC');
  }
}

function upload() {
  return post(
    '/api/v1/datasets?name=full',
    `${JSON.stringify({ text: 'x'.repeat(1_000) })}\n`.repeat(1_000),
    'application/x-ndjson',
  );
}

// More than what there may be room for in pages that the database has already.
function savePipeline() {
  const source = `# ${randomBytes(50_000).toString('hex')}\ndef transform(record):\n    return record\n`;
  const pipeline = { name: 'large', steps: [{ name: 'only', main: { name: 'main.py', source } }] };
  return post('/api/v1/pipelines', JSON.stringify(pipeline), 'application/json');
}

async function post(path, body, type) {
  return judged(
    await fetch(service.address + path, { method: 'POST', headers: { 'Content-Type': type }, body }),
  );
}

async function look(run) {
  return judged(await fetch(`${service.address}/api/v1/runs/${run.id}`));
}

// What the service cannot do now it says with what is missing.
async function judged(response) {
  const { code, detail = '' } = await response.json();
  if (response.status >= 500) {
    const expected = { 503: 'DATABASE_UNAVAILABLE', 507: 'NO_SPACE' }[response.status];
    assert.equal(code, expected, `${response.status} from ${response.url}`);
  }
  return `${response.status} ${detail}`.trim();
}
