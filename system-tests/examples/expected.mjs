// What an example must give, as its expected.json says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { submitExample } from '../harness/example.mjs';

// Resolves with the run, which has ended.
export async function assertGivesWhatItSays(client, folder) {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

  const submitted = await submitExample(client, folder);
  const run = await client.waitUntilFinal(submitted.id);

  assert.equal(run.status, expected.status);
  assert.deepEqual(run.records, expected.records);
  assert.deepEqual(await errorsOf(client, run.id), expected.errors);
  const values = await client.values(run.id);
  assert.equal(values.length, expected.records.succeeded);
  assert.deepEqual(values[0], expected.first);
  return run;
}

// How many records failed with each type of error.
async function errorsOf(client, run) {
  const records = await client.records(run, { limit: 1000 });
  const counts = {};
  for (const { error } of records) {
    if (error) {
      counts[error.type] = (counts[error.type] ?? 0) + 1;
    }
  }
  return counts;
}
