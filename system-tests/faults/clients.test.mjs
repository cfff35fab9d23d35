// Clients that send or take nothing, and clients that go away: the service goes on for all others and holds nothing for those.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { resourcesOf } from '../harness/processes.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { pathOfLargeResults } from './large-results.mjs';
import { assertTidy } from './leftovers.mjs';
import {
  assertNothingHeld,
  assertOthersAreServed,
  CLIENTS,
  connect,
  connectAll,
  impatientService,
} from './slow-clients.mjs';

const MANY = 1_000;
const MEGABYTES_ON_THEIR_WAY = 60;
const ABORTS = 1_000;
const AT_ONCE = 10;

const service = impatientService();

describe('clients that take nothing of what they asked for', () => {
  test('leave memory and threads to others, and are let go', async (t) => {
    const path = await pathOfLargeResults(service);
    const before = resourcesOf(service.processId);
    const megabytesBefore = await megabytesOnTheirWay();

    const clients = await connectAll(service, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    try {
      await waitUntil(async () => (await fetch(service.address + path)).status === 429, 'no place left');
      await assertOthersAreServed(service);
      const megabytes = (await megabytesOnTheirWay()) - megabytesBefore;
      t.diagnostic(`${Math.round(megabytes)} MB on their way to ${CLIENTS} clients`);
      assert.ok(megabytes < MEGABYTES_ON_THEIR_WAY, `${megabytes} MB`);
      await waitUntil(async () => (await fetch(service.address + path)).ok, 'a place');
    } finally {
      for (const client of clients) {
        client.destroy();
      }
    }
    await assertNothingHeld(service, before);
  });
});

describe('clients that do not send what they announced', () => {
  for (const [what, head] of [
    ['a head', 'GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nX-Never-Ends: '],
    [
      'an upload',
      'POST /api/v1/datasets?name=slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[{',
    ],
  ]) {
    test(`leave others alone when it is ${what}, and are let go`, async () => {
      const before = resourcesOf(service.processId);
      const datasets = await countOf('datasets');

      const clients = await connectAll(service, head);
      try {
        await assertOthersAreServed(service);
        for (const client of clients) {
          client.resume();
        }
        await waitUntil(async () => clients.every((client) => client.closed), 'no connection left');
        await (await new KnownRun(service, { records: 20 }).submit()).assertWhole();
      } finally {
        for (const client of clients) {
          client.destroy();
        }
      }
      assert.deepEqual(readdirSync(join(service.folder, 'drafts')), []);
      assert.equal(await countOf('datasets'), datasets + 1);
      await assertNothingHeld(service, before);
    });
  }
});

describe('a client that is alone', () => {
  test('saves a pipeline that needs all the memory of requests, and is told when one is too large', async () => {
    const saved = await savePipeline(22);
    const tooLarge = await savePipeline(24);

    assert.equal(saved.status, 201, JSON.stringify(saved.body).slice(0, 300));
    assert.deepEqual([tooLarge.status, tooLarge.body.code], [422, 'INVALID_PIPELINE']);
  });
});

// Each step has three scripts of 250,000 characters.
async function savePipeline(stepCount) {
  const script = { name: 'script.py', source: `def transform(r):\n    return r\n#${'x'.repeat(250_000)}` };
  const steps = Array.from({ length: stepCount }, (_, at) => ({
    name: `step ${at}`,
    pre: script,
    main: script,
    post: script,
  }));
  const response = await fetch(`${service.address}/api/v1/pipelines`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'large', steps }),
  });
  return { status: response.status, body: await response.json() };
}

describe('a thousand clients that say nothing', () => {
  for (const [what, head] of [
    ['on a new connection', ''],
    ['after a first request', 'GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ]) {
    test(`cost the others nothing: ${what}`, async () => {
      const clients = await connectAll(service, head, MANY);
      try {
        await assertOthersAreServed(service);
      } finally {
        for (const client of clients) {
          client.destroy();
        }
      }
    });
  }
});

describe('clients that go away in the middle', () => {
  test(`of ${ABORTS} downloads leave nothing behind`, async () => {
    const path = await pathOfLargeResults(service);
    const before = resourcesOf(service.processId);

    for (let gone = 0; gone < ABORTS; gone += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => goAwayFrom(path)));
    }

    await waitUntil(async () => (await fetch(service.address + path)).ok, 'a place');
    await assertNothingHeld(service, before);
    await assertTidy(service);
  });
});

// What is neither with the client nor on the disk.
async function megabytesOnTheirWay() {
  const metrics = await (await fetch(`${service.address}/q/metrics`)).text();
  return Number(/^jvm_buffer_memory_used_bytes\{id="direct"\} (\S+)$/m.exec(metrics)[1]) / 2 ** 20;
}

// Takes the beginning and is gone.
async function goAwayFrom(path) {
  const client = connect(service);
  await once(client, 'connect');
  client.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  client.resume();
  await once(client, 'data');
  client.resetAndDestroy();
}

async function countOf(what) {
  return (await service.client.get(`/api/v1/${what}?limit=1000`)).items.length;
}
