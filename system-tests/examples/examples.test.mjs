// Every example gives what its expected.json says, through the service at SERVICE_ADDRESS.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '../harness/client.mjs';
import { submitExample } from '../harness/example.mjs';

const service = process.env.SERVICE_ADDRESS;
const client = new Client(service);
const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name } of examples) {
  test(`${name} gives what it says`, async () => {
    const example = join(folder, name);
    const expected = JSON.parse(readFileSync(join(example, 'expected.json'), 'utf8'));

    const submitted = await submitExample(client, example);
    const run = await client.waitUntilFinal(submitted.id);

    assert.equal(run.status, expected.status);
    assert.deepEqual(run.records, expected.records);
    assert.deepEqual(await errorsOf(run.id), expected.errors);
    const values = await client.values(run.id);
    assert.equal(values.length, expected.records.succeeded);
    assert.deepEqual(values[0], expected.first);
  });
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

// How many records failed with each type of error.
async function errorsOf(run) {
  const records = await client.records(run, { limit: 1000 });
  const counts = {};
  for (const { error } of records) {
    if (error) {
      counts[error.type] = (counts[error.type] ?? 0) + 1;
    }
  }
  return counts;
}
