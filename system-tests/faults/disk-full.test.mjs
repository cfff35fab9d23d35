// No space left where the results go: batches wait and are tried again, what was there can be read, and with space all is well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Service } from '../harness/service.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const results = join(folder, 'data/blobs/runs');
const service = new Service(join(folder, 'data'));

before(async () => {
  mkdirSync(results, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', results]);
  await service.start();
});

after(async () => {
  await service.end('SIGTERM');
  execFileSync('umount', [results]);
  rmSync(folder, { recursive: true, force: true });
});

test('a run goes on when there is space again', async () => {
  const small = await new KnownRun(service, { records: 10 }).submit();
  await small.assertWhole();
  const run = await new KnownRun(service, { records: 3_000, batchSize: 100, seconds: 0 }).submit();

  await waitUntil(async () => /STORAGE_FAILED: No space left/.test(service.log), 'a full disk');
  assert.equal((await run.look()).status, 'RUNNING');
  await run.assertNoneBlamed();
  await small.assertWhole();
  execFileSync('mount', ['-o', 'remount,size=64m', results]);

  await run.assertWhole();
  await assertTidy(service);
});
