// No file handle to be had in the service: nothing is lost, and with handles all is well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { resourcesOf } from '../harness/processes.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const DROUGHT_MS = 5_000;

const service = serviceOfFile();

test('a run goes on when there are file handles again', async (t) => {
  const run = await new KnownRun(service).submit();
  const before = await run.afterBatches(3);
  const usual = limitOf(service.processId);

  limit(service.processId, resourcesOf(service.processId).descriptors);
  await pause(DROUGHT_MS);
  assert.ok(service.isRunning, service.log.split('\n').slice(-20).join('\n'));
  limit(service.processId, usual);

  await run.assertGoesOn(t);
  await run.assertWhole(before);
  await assertTidy(service);
  await (await new KnownRun(service).submit()).assertWhole();
});

// Handles that the process may have.
function limitOf(process) {
  return prlimit(process, '--nofile', '--raw', '--noheadings', '--output=SOFT').trim();
}

function limit(process, handles) {
  prlimit(process, `--nofile=${handles}:`);
}

function prlimit(process, ...options) {
  return execFileSync('prlimit', [`--pid=${process}`, ...options], { encoding: 'utf8' });
}
