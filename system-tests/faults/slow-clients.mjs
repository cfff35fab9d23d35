// Clients that are slow or silent, and what all others must still get beside them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { resourcesOf } from '../harness/processes.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';

export const CLIENTS = 250;
const IDLE_MS = 5_000;
const PATIENCE_S = 3;
const BODY_TIMEOUT_S = 10;
const DRIP_MS = 200;
// To the database and to Docker, as they are needed.
const CONNECTIONS_OF_ITS_OWN = 40;
const LONGEST_ANSWER_MS = 2_000;

// A service of the test file that lets slow and silent clients go after seconds.
export function impatientService() {
  return serviceOfFile({
    JAVA_TOOL_OPTIONS: '-Xmx512m',
    QUARKUS_HTTP_IDLE_TIMEOUT: `${IDLE_MS}ms`,
    QUARKUS_HTTP_READ_TIMEOUT: `${IDLE_MS}ms`,
    DATAPIPELINE_DATASET_SLOW_UPLOAD_TIMEOUT: `${PATIENCE_S}s`,
    DATAPIPELINE_HTTP_BODY_TIMEOUT: `${BODY_TIMEOUT_S}s`,
  });
}

// Connections that have sent this and read nothing.
export async function connectAll(service, head, count = CLIENTS) {
  const clients = Array.from({ length: count }, () => connect(service));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  for (const client of clients) {
    client.write(head);
  }
  return clients;
}

// Connections that have sent the head and go on with a little now and then; answers() is what each got so far.
export async function dripAll(service, head, count, drip = ' ') {
  const clients = await connectAll(service, head, count);
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
export function collectAnswers(clients) {
  const answers = clients.map(() => '');
  for (const [at, client] of clients.entries()) {
    client.on('data', (piece) => {
      answers[at] += piece;
    });
    client.resume();
  }
  return answers;
}

export function connect(service) {
  const client = createConnection({ host: '127.0.0.1', port: Number(new URL(service.address).port) });
  client.on('error', () => {});
  return client.pause();
}

export async function assertOthersAreServed(service) {
  for (const path of ['/q/health/live', '/q/health/ready', '/api/v1/runs', '/api/v1/datasets']) {
    const started = Date.now();
    const response = await fetch(service.address + path, { signal: AbortSignal.timeout(10_000) });
    assert.ok(response.ok, `${response.status} from ${path}`);
    assert.ok(Date.now() - started < LONGEST_ANSWER_MS, `${path} took ${Date.now() - started} ms`);
  }
}

// Threads that have nothing to do stay for a while: so many as there may be at work.
export async function assertNothingHeld(service, before) {
  await waitUntil(
    async () => resourcesOf(service.processId).descriptors <= before.descriptors + CONNECTIONS_OF_ITS_OWN,
    'descriptors as before',
  );
  assert.ok(resourcesOf(service.processId).threads <= before.threads + 200, 'threads are bounded');
}
