// What a service must not leave behind.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containersOf, docker } from '../harness/containers.mjs';
import { waitUntil } from '../harness/wait.mjs';

// While it runs: no file that is half written, and no sandbox that it does not know of.
export async function assertTidy(service, host) {
  assert.deepEqual(readdirSync(join(service.folder, 'drafts')), []);
  await waitUntil(
    async () => containersOf(service, host).length <= (await service.livingSandboxes()),
    'no sandbox too many',
  );
  assertNoSecrets(service, host);
}

// The password of the database is in its file and nowhere else; a database of somebody else's has none here.
function assertNoSecrets(service, host) {
  const file = join(service.folder, 'postgresql-password');
  if (!existsSync(file)) {
    return;
  }
  const password = readFileSync(file, 'utf8').trim();
  assert.ok(password.length > 20);
  assert.match(service.log, /started in/, 'the log is the one of this service');
  assert.ok(!service.log.includes(password), 'the log has the password');
  const containers = containersOf(service, host);
  const inspected = containers.length === 0 ? [] : inspect(containers, host);
  assert.ok(!inspected.join('\n').includes(password), 'a container has the password');
}

// A container may go while it is looked at.
function inspect(containers, host) {
  try {
    return docker(['inspect', ...containers], host);
  } catch (gone) {
    return String(gone.stdout).split('\n');
  }
}

// After it was asked to stop: nothing.
export function assertNothingLeft(service, host) {
  assert.deepEqual(containersOf(service, host), []);
}
