// What a package can try when it is imported: H134 to H140 of docs/security.md. Their code lies in packages/.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Wheel } from '../harness/wheel.mjs';

const attempts = readFileSync(new URL('attempts.py', import.meta.url), 'utf8');

export const HOSTILE_IMPORTS = [
  {
    name: 'H134: other environments, by listing and by guessing; where the data folder is',
    attempt: async (attacked) => {
      const found = await attacked.findings('looks_around', [packageOf('looks_around')]);
      const folders = readdirSync(attacked.environmentFolder).filter((name) => name !== 'owner');

      assert.deepEqual(found.outcomes, {
        'listing them': 'EACCES',
        'a folder by its usual name': 'ENOENT',
        'their manifests': 'ENOENT',
        'the secret of their names': 'ENOENT',
        'whose folder it is': 'EACCES',
        'the data folder': 'ENOENT',
        'the folder above': 'succeeded',
      });
      assert.ok(folders.some((name) => found.own === name));
      assert.ok(!found.text.includes(attacked.folder), 'where the data folder is');
      assert.equal(
        found.text.split(found.own).filter((rest) => folders.some((name) => rest.includes(name))).length,
        0,
      );
    },
  },
  {
    name: 'H135: changing an environment at run time',
    attempt: async (attacked) => {
      assert.deepEqual(await attacked.findings('rewrites_itself', [packageOf('rewrites_itself')]), {
        'writing a module': 'EROFS',
        'a new module': 'EROFS',
        'removing a module': 'EROFS',
        'byte code': 'EROFS',
        'another mode': 'EROFS',
        'a link': 'EROFS',
        'mounting it anew': 'EPERM',
      });
    },
  },
  {
    name: 'H136: the network, the index and the keys of the service',
    attempt: async (attacked) => {
      const wheel = packageOf('calls_home', { PORT: new URL(attacked.index.url).port });
      const asked = () => attacked.index.asked('/home').length;
      const { outcomes, text } = await attacked.findings('calls_home', [wheel]);

      assert.deepEqual(outcomes, {
        'the index': 'ECONNREFUSED',
        'the index from the world': 'ENETUNREACH',
        'metadata of a cloud': 'ENETUNREACH',
        'the way of pip': 'ECONNREFUSED',
        'the Docker socket': 'ENOENT',
      });
      assert.ok(!text.includes(attacked.password));
      assert.equal(asked(), 0);
    },
  },
  {
    name: 'H137: a thread that an import leaves',
    attempt: async (attacked) => {
      const run = await attacked.succeeding(
        'leaves_a_thread',
        [packageOf('leaves_a_thread')],
        FOUND('leaves_a_thread'),
      );
      const values = await attacked.client.values(run.id);

      assert.deepEqual(
        values.map(({ found }) => found),
        ['imported', 'imported'],
      );
      assert.match(await logOf(attacked, run), /1 thread is left .*started by `import leaves_a_thread`/);
    },
  },
  {
    name: 'H138: a fork bomb in an import',
    attempt: (attacked) => attacked.failsToImport(packageOf('multiplies'), /SCRIPT_LOAD: BlockingIOError: /),
  },
  {
    name: 'H139: an import that never ends',
    attempt: (attacked) =>
      attacked.failsToImport(
        packageOf('sleeps'),
        /SCRIPT_LOAD: the script did not finish loading within 10 s/,
      ),
  },
  {
    name: 'H140: an import that kills whatever it can, and ends its process',
    attempt: (attacked) =>
      attacked.failsToImport(packageOf('kills'), /SCRIPT_LOAD: the process died with signal 9/),
  },
];

const FOUND = (module) => `FOUND = ${module}.FOUND`;

function packageOf(name, values = {}) {
  const code = readFileSync(new URL(`packages/${name}.py`, import.meta.url), 'utf8');
  const source = Object.entries(values).reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, value),
    code,
  );
  return new Wheel(name).with(`${name}/__init__.py`, source).with(`${name}/attempts.py`, attempts);
}

async function logOf(attacked, { id }) {
  return (await fetch(`${attacked.service.address}/api/v1/runs/${id}/batches/0/log`)).text();
}
