// bin/up from its start to its end, several times on the same data, each time stopped as a person would stop it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { containersOf } from '../harness/containers.mjs';
import { freePort } from '../harness/free-port.mjs';
import { processes } from '../harness/processes.mjs';

const COMMAND = fileURLToPath(new URL('../../bin/up', import.meta.url));
const SERVES = /^The service runs at /m;
const RESULT = /59 succeeded \+ 2 failed \+ 1 skipped = 62 records/;
const RESULT_OF_MODEL = /^PAUSED [^\n]*pending = 40 records.*^Choose "Resume" with a budget of 0\.3:/ms;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-up-'));
const data = join(folder, 'data');
let port;

before(async () => {
  port = await freePort();
});

after(() => rmSync(folder, { recursive: true, force: true }));

describe('bin/up', () => {
  for (const { start, options, result } of [
    { start: 'the first start', options: [], result: RESULT },
    { start: 'a second start on the same data', options: [], result: RESULT },
    { start: 'a start with the stand-in for a model', options: ['--model-demo'], result: RESULT_OF_MODEL },
  ]) {
    test(`shows the result of the example and stops in order: ${start}`, async (t) => {
      const began = Date.now();
      const up = spawn(COMMAND, ['--port', String(port), '--data', data, ...options], {
        cwd: '/',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(up, 'exit');
      let output = '';
      up.stdout.setEncoding('utf8');
      for await (const text of up.stdout) {
        const servedBefore = SERVES.test(output);
        output += text;
        if (!servedBefore && SERVES.test(output)) {
          t.diagnostic(`bin/up took ${(Date.now() - began) / 1000} s until it served`);
          up.kill('SIGTERM');
        }
      }

      const [status] = await ended;
      assert.equal(status, 0, output);
      assert.match(output, result);
    });
  }

  test('leaves no process behind', () => {
    assert.deepEqual(
      processes().filter((id) => id !== process.pid && argumentsOf(id).includes(data)),
      [],
    );
  });

  test('leaves no sandbox behind', () => {
    const installation = readFileSync(join(data, 'installation'), 'utf8').trim();
    assert.deepEqual(containersOf({ installation }), []);
  });
});

// Empty when the process has ended meanwhile.
function argumentsOf(id) {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
