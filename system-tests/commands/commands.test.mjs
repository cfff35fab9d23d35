// What the commands in bin share, each part in a shell of its own, and what they say when they are called wrongly.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'datapipeline-commands-'));
after(() => rmSync(folder, { recursive: true }));

describe('the JDK', () => {
  const old = jdk('old', '17.0.15');
  const newer = jdk('newer', '21.0.9');
  const newest = jdk('newest', '25');

  test('is the newest of those there are', async () => {
    const { output } = await shell(
      `java_folders() { printf '%s\\n' ${old} ${newest} ${newer}; }; newest_java`,
    );

    assert.equal(output, `${newest}\n`);
  });

  test('named by JAVA_HOME is taken when it is new enough', async () => {
    const { output } = await shell('ensure_java; echo "$JAVA_HOME"', { JAVA_HOME: newer });

    assert.equal(output, `${newer}\n`);
  });

  test('that is too old counts as none', async () => {
    const { status, errors } = await shell(
      `java_folders() { echo ${old}; }; may_install_packages() { false; }; ensure_java`,
      { JAVA_HOME: old },
    );

    assert.equal(status, 1);
    assert.match(errors, /^No JDK 21 or newer was found: [^\n]+\n$/);
  });

  test('without a compiler counts as none', async () => {
    const { output } = await shell(`java_version ${folder}/nowhere`);

    assert.equal(output, '0\n');
  });

  function jdk(name, version) {
    const home = join(folder, name);
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin', 'javac'), '', { mode: 0o755 });
    writeFileSync(join(home, 'release'), `IMPLEMENTOR="Somebody"\nJAVA_VERSION="${version}"\n`);
    return home;
  }
});

describe('a tool', () => {
  const unprivileged = 'may_install_packages() { false; }';

  test('that is missing is named in one sentence where it cannot be installed', async () => {
    const { status, errors } = await shell(`${unprivileged}; PATH=/nowhere; ensure_tools strace`);

    assert.equal(status, 1);
    assert.match(errors, /^strace is needed [^\n]+ make sure that strace is on the PATH\.\n$/);
  });

  test('that is there is taken', async () => {
    assert.equal((await shell(`${unprivileged}; ensure_tools node`)).status, 0);
  });

  test('that is too old is refused', async () => {
    const { status, errors } = await shell('node() { echo v18.19.0; }; ensure_tools node');

    assert.equal(status, 1);
    assert.match(errors, /^Node 18\.19\.0 is too old: [^\n]+\n$/);
  });
});

describe('a quiet command', () => {
  test('says one line when it is done', async () => {
    const { output } = await shell(`run_quietly Working ${folder}/log sh -c 'echo much'`);

    assert.match(output, /^Working …\nWorking: done in \d+ s\n$/);
  });

  test('shows its log and keeps its status when it fails', async () => {
    const { status, output } = await shell(
      `run_quietly Working ${folder}/log sh -c 'echo the reason; exit 7'`,
    );

    assert.equal(status, 7);
    assert.match(output, /Working: failed after \d+ s\n.*\n {2}the reason\n$/);
  });
});

describe('a service', () => {
  for (const [answer, isReady] of [
    [200, true],
    [503, false],
  ]) {
    test(`that answers ${answer} is ${isReady ? '' : 'not '}ready`, async () => {
      const server = createServer((_, response) => response.writeHead(answer).end());
      await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

      const { status } = await shell(`is_ready ${server.address().port}`);

      server.close();
      assert.equal(status === 0, isReady);
    });
  }
});

describe('bin/up', () => {
  test('says in one sentence that its port is taken', async () => {
    const server = createServer();
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address();

    const { status, errors } = await run('bin/up', ['--port', String(port), '--data', join(folder, 'data')]);

    server.close();
    assert.equal(status, 1);
    assert.match(errors, new RegExp(`^Port ${port} is taken by another program: [^\\n]+\\n$`));
  });
});

describe('a command', () => {
  for (const wrong of [
    ['bin/up', '--port', '70000'],
    ['bin/up', '--port', 'a'],
    ['bin/up', '--port'],
    ['bin/up', '--what'],
    ['bin/up', '--model-demo', '--what'],
    ['bin/setup', 'what'],
    ['bin/test', 'what'],
    ['bin/faults', 'what'],
  ]) {
    test(`refuses ${wrong.join(' ')} in one sentence`, async () => {
      const { status, errors } = await run(wrong[0], wrong.slice(1));

      assert.equal(status, 1);
      assert.match(errors, /^[^\n]+\.\n$/);
    });
  }

  for (const name of ['up', 'setup', 'test', 'client', 'faults', 'fuzz', 'admin']) {
    test(`bin/${name} says how it is used`, async () => {
      const { status, output } = await run(`bin/${name}`, ['--help']);

      assert.equal(status, 0);
      assert.match(output, new RegExp(`^usage: bin/${name}\\b`));
    });
  }
});

// Runs a script that has everything the commands share.
function shell(script, environment = {}) {
  return run(
    'bash',
    ['-euo', 'pipefail', '-c', `source ${root}/bin/lib/environment.bash; ${script}`],
    environment,
  );
}

function run(command, args, environment = {}) {
  return new Promise((ended) => {
    execFile(
      command,
      args,
      { cwd: root, env: { ...process.env, ...environment } },
      (error, output, errors) => {
        ended({ status: error ? error.code : 0, output, errors });
      },
    );
  });
}
