// Clients whose requests never end: they lose their places to others, hold no thread and little memory.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { resourcesOf } from '../harness/processes.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { KnownRun } from './known-run.mjs';
import {
  assertNothingHeld,
  assertOthersAreServed,
  CLIENTS,
  collectAnswers,
  connectAll,
  dripAll,
  impatientService,
} from './slow-clients.mjs';

const UPLOADS_AT_ONCE = 8;
const ENDS_OF_LARGE_BODIES = 40;
// A little more than what is enough while nobody waits.
const SLOW_BYTES = 300;

const service = impatientService();

describe('clients that send a byte now and then', () => {
  test('do not keep the places of other uploads', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /api/v1/datasets?name=drip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[';
    const { clients, answers, stop } = await dripAll(service, head, 2 * UPLOADS_AT_ONCE);
    try {
      await waitUntil(
        async () => answers().some((answer) => answer.startsWith('HTTP/1.1 429')),
        'no place left',
      );
      assert.equal((await upload()).status, 429);
      await assertOthersAreServed(service);
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
    await assertNothingHeld(service, before);
  });
});

describe('clients whose bodies never end', () => {
  test('hold no thread when it is JSON, and are let go', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const { clients, answers, stop } = await dripAll(service, head, CLIENTS + 50);
    try {
      await assertOthersAreServed(service);
      await (await new KnownRun(service, { records: 20 }).submit()).assertWhole();
      await assertOthersAreServed(service);
      await waitUntil(async () => clients.every((client) => client.closed), 'no connection of theirs left');
    } finally {
      stop();
    }
    assert.ok(
      answers().every((answer) => /^HTTP\/1.1 408 .*"code":"UPLOAD_TOO_SLOW"/s.test(answer)),
      answers()[0],
    );
    await assertNothingHeld(service, before);
  });

  test('hold places of uploads only when it is a form, and lose them', async () => {
    const before = resourcesOf(service.processId);
    const head =
      'POST /submit_pipeline HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n' +
      '--x\r\nContent-Disposition: form-data; name="dataset"; filename="d.json"\r\n\r\n[';
    const { clients, answers, stop } = await dripAll(service, head, CLIENTS);
    try {
      await assertOthersAreServed(service);
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
    await assertNothingHeld(service, before);
  });

  test('are no more than fit into memory when they are large', async () => {
    const head =
      'POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 18000000\r\n\r\n';
    const clients = await connectAll(service, head + ' '.repeat(2 ** 21), ENDS_OF_LARGE_BODIES);
    const answers = collectAnswers(clients);
    try {
      await waitUntil(
        async () =>
          answers.some((answer) =>
            /^HTTP\/1.1 503 .*Retry-After.*"code":"MEMORY_UNAVAILABLE"/is.test(answer),
          ),
        'memory is bounded',
      );
      await assertOthersAreServed(service);
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
    await assertOthersAreServed(service);
  });

  test('make room for others when they are datasets that come just fast enough', async () => {
    const head =
      'POST /api/v1/datasets?name=slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n[';
    const { answers, stop } = await dripAll(service, head, 2 * UPLOADS_AT_ONCE, ' '.repeat(SLOW_BYTES));
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

function upload() {
  return fetch(`${service.address}/api/v1/datasets?name=quick`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '[{}]',
  });
}
