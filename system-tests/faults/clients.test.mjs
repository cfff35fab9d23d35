// Clients that send or take nothing, and clients that go away: the service goes on for all others and holds nothing for those.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { resourcesOf } from '../harness/processes.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import { pathOfLargeResults } from './large-results.mjs';
import { assertTidy } from './leftovers.mjs';

const CLIENTS = 250;
const IDLE_MS = 5_000;
const PATIENCE_S = 3;
const UPLOADS_AT_ONCE = 8;
const DRIP_MS = 200;
const BODY_TIMEOUT_S = 10;
const MANY = 1_000;
const ENDS_OF_LARGE_BODIES = 40;
// A little more than what is enough while nobody waits.
const SLOW_BYTES = 300;
// To the database and to Docker, as they are needed.
const CONNECTIONS_OF_ITS_OWN = 40;
const LONGEST_ANSWER_MS = 2_000;
const MEGABYTES_ON_THEIR_WAY = 60;
const ABORTS = 1_000;
const AT_ONCE = 10;

const service = serviceOfFile({
  JAVA_TOOL_OPTIONS: '-Xmx512m',
  QUARKUS_HTTP_IDLE_TIMEOUT: `${IDLE_MS}ms`,
  QUARKUS_HTTP_READ_TIMEOUT: `${IDLE_MS}ms`,
  DATAPIPELINE_DATASET_SLOW_UPLOAD_TIMEOUT: `${PATIENCE_S}s`,
  DATAPIPELINE_HTTP_BODY_TIMEOUT: `${BODY_TIMEOUT_S}s`,
});

describe('clients that take nothing of what they asked for', () => {
  test('leave memory and threads to others, and are let go', async (t) => {
    const path = await pathOfLargeResults(service);
    const before = resourcesOf(service.processId);
    const megabytesBefore = await megabytesOnTheirWay();

    const clients = await connectAll(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    try {
      await waitUntil(async () => (await fetch(service.address + path)).status === 429, 'no place left');
      await assertOthersAreServed();
      const megabytes = (await megabytesOnTheirWay()) - megabytesBefore;
      t.diagnostic(`${Math.round(megabytes)} MB on their way to ${CLIENTS} clients`);
      assert.ok(megabytes < MEGABYTES_ON_THEIR_WAY, `${megabytes} MB`);
      await waitUntil(async () => (await fetch(service.address + path)).ok, 'a place');
    } finally {
      for (const client of clients) {
        client.destroy();
      }
    }
    await assertNothingHeld(before);
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

      const clients = await connectAll(head);
      try {
        await assertOthersAreServed();
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
      await assertNothingHeld(before);
    });
  }
});

describe('clients that send a byte now and then', () => {
  test('do not keep the places of other uploads', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /api/v1/datasets?name=drip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[';
    const { clients, answers, stop } = await dripAll(head, 2 * UPLOADS_AT_ONCE);
    try {
      await waitUntil(
        async () => answers().some((answer) => answer.startsWith('HTTP/1.1 429')),
        'no place left',
      );
      assert.equal((await upload()).status, 429);
      await assertOthersAreServed();
      await waitUntil(async () => (await upload()).ok, 'a place');
      await waitUntil(
        async () => clients.filter((client) => client.closed).length === UPLOADS_AT_ONCE,
        'no connection of theirs left',
      );
    } finally {
      stop();
    }
    const givenUp = answers().filter((answer) => /^HTTP\/1.1 408 .*"code":"UPLOAD_TOO_SLOW"/s.test(answer));
    assert.equal(givenUp.length, UPLOADS_AT_ONCE);
    await assertNothingHeld(before);
  });
});

describe('clients whose bodies never end', () => {
  test('hold no thread when it is JSON, and are let go', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const { clients, answers, stop } = await dripAll(head, CLIENTS + 50);
    try {
      await assertOthersAreServed();
      await (await new KnownRun(service, { records: 20 }).submit()).assertWhole();
      await assertOthersAreServed();
      await waitUntil(async () => clients.every((client) => client.closed), 'no connection of theirs left');
    } finally {
      stop();
    }
    assert.ok(
      answers().every((answer) => /^HTTP\/1.1 408 .*"code":"UPLOAD_TOO_SLOW"/s.test(answer)),
      answers()[0],
    );
    await assertNothingHeld(before);
  });

  test('hold places of uploads only when it is a form, and lose them', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /submit_pipeline HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n' +
      '--x\r\nContent-Disposition: form-data; name="dataset"; filename="d.json"\r\n\r\n[';
    const { clients, answers, stop } = await dripAll(head, CLIENTS);
    try {
      await assertOthersAreServed();
      await waitUntil(
        async () =>
          answers().filter((answer) => answer.startsWith('HTTP/1.1 429')).length ===
          CLIENTS - UPLOADS_AT_ONCE,
        'the others are told to come back',
      );
      await waitUntil(async () => clients.every((client) => client.closed), 'no connection of theirs left');
      await waitUntil(async () => (await upload()).ok, 'a place');
    } finally {
      stop();
    }
    assert.equal(answers().filter((answer) => answer.startsWith('HTTP/1.1 408')).length, UPLOADS_AT_ONCE);
    assert.deepEqual(readdirSync(join(service.folder, 'uploads')), []);
    await assertNothingHeld(before);
  });

  test('are no more than fit into memory when they are large', async () => {
    const head =
      'POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 18000000\r\n\r\n';
    const clients = await connectAll(head + ' '.repeat(2 ** 21), ENDS_OF_LARGE_BODIES);
    const answers = collectAnswers(clients);
    try {
      await waitUntil(
        async () =>
          answers.some((answer) =>
            /^HTTP\/1.1 503 .*Retry-After.*"code":"MEMORY_UNAVAILABLE"/is.test(answer),
          ),
        'memory is bounded',
      );
      await assertOthersAreServed();
      await waitUntil(async () => clients.every((client) => client.closed), 'no connection of theirs left');
    } finally {
      for (const client of clients) {
        client.destroy();
      }
    }
    // Those that found memory and say nothing more are cut off as idle connections are, without an answer.
    assert.ok(
      answers.every((answer) => answer === '' || /^HTTP\/1.1 (408|503) /.test(answer)),
      answers.find((answer) => !/^HTTP\/1.1 (408|503) |^$/.test(answer)),
    );
    await assertOthersAreServed();
  });

  test('make room for others when they are datasets that come just fast enough', async () => {
    const head =
      'POST /api/v1/datasets?name=slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n[';
    const { answers, stop } = await dripAll(head, 2 * UPLOADS_AT_ONCE, ' '.repeat(SLOW_BYTES));
    try {
      // An upload of ours would take the place of one of them.
      await waitUntil(
        async () =>
          answers().filter((answer) => answer.startsWith('HTTP/1.1 429')).length === UPLOADS_AT_ONCE,
        'no place left',
      );
      assert.equal((await upload()).status, 429);
      await waitUntil(async () => (await upload()).ok, 'a place');
    } finally {
      stop();
    }
  });
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
      const clients = await connectAll(head, MANY);
      try {
        await assertOthersAreServed();
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
    await assertNothingHeld(before);
    await assertTidy(service);
  });
});

function upload() {
  return fetch(`${service.address}/api/v1/datasets?name=quick`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '[{}]',
  });
}

// Connections that have sent this and read nothing.
async function connectAll(head, count = CLIENTS) {
  const clients = Array.from({ length: count }, connect);
  await Promise.all(clients.map((client) => once(client, 'connect')));
  for (const client of clients) {
    client.write(head);
  }
  return clients;
}

// Connections that have sent the head and go on with a little now and then; answers() is what each got so far.
async function dripAll(head, count, drip = ' ') {
  const clients = await connectAll(head, count);
  const received = collectAnswers(clients);
  const dripping = setInterval(() => {
    for (const client of clients.filter(({ writable }) => writable)) {
      client.write(drip);
    }
  }, DRIP_MS);
  const stop = () => {
    clearInterval(dripping);
    for (const client of clients) {
      client.destroy();
    }
  };
  return { clients, answers: () => received, stop };
}

// What each of the connections receives from now on.
function collectAnswers(clients) {
  const answers = clients.map(() => '');
  for (const [at, client] of clients.entries()) {
    client.on('data', (piece) => {
      answers[at] += piece;
    });
    client.resume();
  }
  return answers;
}

function connect() {
  const client = createConnection({ host: '127.0.0.1', port: Number(new URL(service.address).port) });
  client.on('error', () => {});
  return client.pause();
}

async function assertOthersAreServed() {
  for (const path of ['/q/health/live', '/q/health/ready', '/api/v1/runs', '/api/v1/datasets']) {
    const started = Date.now();
    const response = await fetch(service.address + path, { signal: AbortSignal.timeout(10_000) });
    assert.ok(response.ok, `${response.status} from ${path}`);
    assert.ok(Date.now() - started < LONGEST_ANSWER_MS, `${path} took ${Date.now() - started} ms`);
  }
}

// What is neither with the client nor on the disk.
async function megabytesOnTheirWay() {
  const metrics = await (await fetch(`${service.address}/q/metrics`)).text();
  return Number(/^jvm_buffer_memory_used_bytes\{id="direct"\} (\S+)$/m.exec(metrics)[1]) / 2 ** 20;
}

// Takes the beginning and is gone.
async function goAwayFrom(path) {
  const client = connect();
  await once(client, 'connect');
  client.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  client.resume();
  await once(client, 'data');
  client.resetAndDestroy();
}

async function countOf(what) {
  return (await service.client.get(`/api/v1/${what}?limit=1000`)).items.length;
}

// Threads that have nothing to do stay for a while: so many as there may be at work.
async function assertNothingHeld(before) {
  await waitUntil(
    async () => resourcesOf(service.processId).descriptors <= before.descriptors + CONNECTIONS_OF_ITS_OWN,
    'descriptors as before',
  );
  assert.ok(resourcesOf(service.processId).threads <= before.threads + 200, 'threads are bounded');
}
