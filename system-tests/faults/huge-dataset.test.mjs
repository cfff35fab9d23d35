// A dataset many times as large as the memory of the service, and scripts that hold it up: what is under way stays small.
import assert from 'node:assert/strict';
import { env } from 'node:process';
import { test } from 'node:test';
import { memoryOf } from '../harness/processes.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';

const RECORD = Buffer.from(`${JSON.stringify({ text: 'x'.repeat(990) })}\n`);
const RECORDS_PER_PIECE = 1_000;
const PIECES = env.EVERY_FAULT === '1' ? 5_000 : 600;
const RECORDS = PIECES * RECORDS_PER_PIECE;
const LONGEST_RUN_MS = 1_200_000;
const MOST_MEGABYTES = 900;
// Now and then, so that results and input wait for each other in every batch.
const SOURCE = `import time
def setup():
    global count
    count = 0
def transform(record):
    global count
    count += 1
    if count % 2000 == 0:
        time.sleep(0.05)
    return record
`;

const service = serviceOfFile({ JAVA_TOOL_OPTIONS: '-Xmx512m' });

test(`${(RECORDS * RECORD.length) / 1e9} GB pass through 512 MB of heap`, async (t) => {
  const highest = watchMemory();

  const dataset = await service.client.uploadDataset(records(), { type: 'application/x-ndjson' });
  assert.equal(dataset.records, RECORDS);
  const pipeline = { name: 'slow', steps: [{ name: 'only', main: { name: 'main.py', source: SOURCE } }] };
  const submission = { datasetId: dataset.id, batchSize: 10_000, trace: 'final', pipeline };
  const { id } = await service.client.submitRun(submission);
  const run = await service.client.waitUntilFinal(id, { longestMs: LONGEST_RUN_MS });

  assert.equal(run.status, 'SUCCEEDED');
  assert.equal(run.records.succeeded, RECORDS);
  assert.equal(await service.client.downloadResults(id, 'final'), RECORDS * RECORD.length);
  const megabytes = highest.end();
  t.diagnostic(`${megabytes} MB of memory at most`);
  assert.ok(megabytes < MOST_MEGABYTES, `${megabytes} MB`);
});

async function* records() {
  const piece = Buffer.concat(Array.from({ length: RECORDS_PER_PIECE }, () => RECORD));
  for (let sent = 0; sent < PIECES; sent++) {
    yield piece;
  }
}

// The most that the process has of the machine's memory, looked at all the time.
function watchMemory() {
  let highest = 0;
  const look = () => (highest = Math.max(highest, memoryOf(service.processId)));
  // A test that fails before its end is not held up by it.
  const timer = setInterval(look, 200).unref();
  return {
    end() {
      clearInterval(timer);
      return Math.round(highest / 2 ** 20);
    },
  };
}
