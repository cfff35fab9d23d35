// Every example that calls no model gives what its expected.json says, through the service at SERVICE_ADDRESS.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '../harness/client.mjs';
import { assertGivesWhatItSays } from './expected.mjs';

const service = process.env.SERVICE_ADDRESS;
const client = new Client(service);
const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => !existsSync(join(folder, name, 'stand_in_server.py')));

for (const name of examples) {
  test(`${name} gives what it says`, () => assertGivesWhatItSays(client, join(folder, name)));
}

test('the client in Python runs an example and shows its failures and values', async () => {
  const client = [join(folder, 'run_pipeline.py'), join(folder, 'capitals'), service];

  const { stdout } = await promisify(execFile)('python3', client);

  const lines = stdout.trimEnd().split('\n');
  assert.match(lines[0], /^PARTIAL .*'succeeded': 59, 'failed': 2, 'skipped': 1/);
  assert.ok(
    lines.some((line) => line === "2 × KeyError: 'capital'"),
    stdout,
  );
  assert.ok(stdout.includes("'validation_status': 'VALID'"), stdout);
});
