// The example that calls a model gives what it says, by a service of its own whose upstream is the example's stand-in.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { submitExample } from '../harness/example.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { StandIn } from '../harness/stand-in.mjs';
import { upstreamSettings } from '../harness/upstream.mjs';
import { assertGivesWhatItSays } from './expected.mjs';

const example = fileURLToPath(new URL('../../examples/capitals-model', import.meta.url));
const MODEL = 'capitals-stand-in';
// Every record but the one that has no capital.
const CALLS = 39;

const keys = mkdtempSync(join(tmpdir(), 'datapipeline-model-'));
const standIn = new StandIn(keys);
await standIn.start();
const upstream = {
  baseUrl: standIn.address,
  key: standIn.key,
  model: MODEL,
  prices: { input: 10, output: 40 },
};
const service = serviceOfFile(upstreamSettings('stand-in', upstream));

after(async () => {
  await standIn.stop();
  rmSync(keys, { recursive: true, force: true });
});

test('capitals-model gives what it says, and every call is in the books', async () => {
  const run = await assertGivesWhatItSays(service.client, example);

  const { llm } = run;
  assert.deepEqual(
    [llm.upstream, llm.calls, llm.replays, Number(llm.reserved), Number(llm.unsettled)],
    ['stand-in', CALLS, 0, 0, 0],
  );
  assert.ok(Number(llm.spent) > 0);
});

test('capitals-model with too small a budget pauses, and gives the same once it has more', async () => {
  const budget = '0.03';
  const { id } = await submitExample(service.client, example, { llm: { budget } });
  const paused = await service.client.waitUntilRun(id, ({ status }) => status === 'PAUSED', 'did not pause');
  assert.ok(Number(paused.llm.spent) <= Number(budget));
  assert.ok(paused.records.pending > 0);
  assert.match(paused.statusReason, /budget/);

  await service.client.post(`/api/v1/runs/${id}/resume`, { budget: '1.00' });

  const run = await service.client.waitUntilFinal(id);
  assert.deepEqual(
    [run.status, run.records.succeeded, run.records.failed, run.records.skipped],
    ['PARTIAL', 38, 1, 1],
  );
  assert.equal(run.llm.calls - run.llm.replays, CALLS);
});

test('the upstream is found in order by its check, and its key is told to nobody', async () => {
  const check = await service.client.post('/api/v1/llm/upstreams/stand-in/check', {});
  const upstreams = await service.client.get('/api/v1/llm/upstreams');

  assert.deepEqual([check.status, check.problem ?? null, check.models], [200, null, [MODEL]]);
  assert.ok(!JSON.stringify([check, upstreams]).includes(standIn.key));
  assert.ok(!service.log.includes(standIn.key));
});
