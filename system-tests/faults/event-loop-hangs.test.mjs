// A thread that serves connections stands still: liveness says so through another one, and takes it back when it goes on.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

const LONGEST_ANSWER_MS = 1_000;
// Whichever of them the transport of Netty uses.
const WAITING = 'epoll_wait,epoll_pwait,epoll_pwait2';
const hasStrace = spawnSync('strace', ['--version']).status === 0;

const service = serviceOfFile();

test('liveness tells, and the work goes on', { skip: !hasStrace && 'strace is missing' }, async () => {
  const run = await new KnownRun(service, { records: 300 }).submit();
  const before = await run.afterBatches(3);

  const tracer = spawn(
    'strace',
    ['-p', String(anEventLoop()), '-e', `trace=${WAITING}`, '-e', `inject=${WAITING}:delay_exit=60000000`],
    { stdio: 'ignore' },
  );
  const ended = once(tracer, 'exit');
  try {
    await waitUntil(async () => /"event loops".*1 of \d+ threads/s.test(await liveness()), 'no liveness');
  } finally {
    tracer.kill('SIGKILL');
    await ended;
  }

  await waitUntil(() => service.isAlive(), 'liveness');
  await run.assertWhole(before);
  await assertTidy(service);
});

// Its number. Which of them serves which connection nobody knows.
function anEventLoop() {
  const tasks = `/proc/${service.processId}/task`;
  const loop = readdirSync(tasks).find((task) =>
    readFileSync(`${tasks}/${task}/comm`, 'utf8').startsWith('vert.x-eventloo'),
  );
  assert.ok(loop, 'an event loop');
  return loop;
}

// Over a connection of its own, which may be one of those that wait.
async function liveness() {
  const response = await fetch(`${service.address}/q/health/live`, {
    headers: { Connection: 'close' },
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  });
  assert.equal(response.status, 503);
  return response.text();
}
