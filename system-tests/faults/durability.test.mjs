// What survives a power cut: nothing is written down in the database before it is forced to the disk. Looked up in the system calls.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';

const CALLS = 'write,pwrite64,writev,sendto,fsync,fdatasync,rename,renameat,renameat2';
const LONGEST_TEXT = 3_000;
const hasStrace = spawnSync('strace', ['--version']).status === 0;

const service = serviceOfFile();
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-calls-'));

after(() => rmSync(folder, { recursive: true, force: true }));

test('records and results are on the disk before a row names them', {
  skip: !hasStrace && 'strace is missing',
}, async (t) => {
  const file = join(folder, 'calls');
  const tracer = spawn(
    'strace',
    [
      '-f',
      '-yy',
      '-s',
      String(LONGEST_TEXT),
      '-e',
      `trace=${CALLS}`,
      '-o',
      file,
      '-p',
      String(service.processId),
    ],
    { stdio: 'ignore' },
  );
  const ended = once(tracer, 'exit');
  await waitUntil(
    async () => /^TracerPid:\s+[1-9]/m.test(readFileSync(`/proc/${service.processId}/status`, 'utf8')),
    'a tracer',
  );

  const run = await new KnownRun(service, { records: 60 }).submit();
  await run.assertWhole();
  tracer.kill('SIGINT');
  await ended;

  const { named, renamed } = orderOf(readFileSync(file, 'latin1'), databasePort());
  t.diagnostic(`${named} ends of batches and ${renamed} files looked at`);
  assert.ok(named >= run.batches, 'every end of a batch was seen');
  assert.ok(renamed > 0, 'the dataset was seen');
});

function databasePort() {
  return readFileSync(join(service.folder, 'postgresql/postmaster.pid'), 'utf8').split('\n')[3];
}

// Goes through the calls and stops at one that tells of bytes which could still be lost.
function orderOf(calls, port) {
  const unforced = new Set();
  const segments = new Set();
  const open = new Map();
  const found = { named: 0, renamed: 0 };
  for (const line of calls.split('\n')) {
    const [, thread, begins, call, rest] = /^(\d+)\s+(?:(<\.\.\.) )?(\w+)(.*)$/.exec(line) ?? [];
    if (call === undefined) {
      continue;
    }
    const text = begins ? open.get(thread) : rest;
    open.set(thread, rest);
    const path = /^\(\d+<(.*?)>[,) ]/.exec(text ?? '')?.[1] ?? '';
    if (call.endsWith('sync') && !line.endsWith('<unfinished ...>')) {
      unforced.delete(path);
    }
    if (begins) {
      continue;
    }
    if (/write/.test(call) && path.includes(service.folder)) {
      unforced.add(path);
      segments.add(/\/blobs\/runs\/[^/]+\/([^/]+)$/.exec(path)?.[1]);
    } else if (path.includes(`:${port}]`)) {
      for (const segment of [...segments].filter((name) => name !== undefined && text.includes(name))) {
        found.named++;
        assert.deepEqual(
          [...unforced].filter((name) => name.endsWith(segment)),
          [],
          line.slice(0, 300),
        );
      }
    } else if (/^rename/.test(call)) {
      const [, source] = /"([^"]*)"/.exec(text);
      found.renamed++;
      assert.ok(!unforced.has(source), line.slice(0, 300));
    }
  }
  return found;
}
