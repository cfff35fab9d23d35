// Sends random requests to a service and judges its answers: never a 5xx, never silence, a problem document for every refusal.
// usage: node fuzz.mjs SERVICE_ADDRESS [REQUESTS [SEED]]
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../harness/random.mjs';
import { Requests } from './requests.mjs';

const DEFAULT_REQUESTS = 3_000;
const AT_ONCE = 8;
const LONGEST_ANSWER_MS = 30_000;
const MOST_FINDINGS = 10;
// The queue of runs is bounded and says so; no script sandbox may be free for a moment.
const EXPECTED = new Set([503, 507]);

const [address, requests = DEFAULT_REQUESTS, seed = Date.now() % 2 ** 32] = process.argv.slice(2);
const { hostname, port } = new URL(address);
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const PIECES = 4;
const PAUSE_MS = 20;

// The client itself went away.
class Gone extends Error {}

const findings = [];
const statuses = new Map();
let left = Number(requests);

const random = new Random(Number(seed));
const source = new Requests(await json('GET', '/q/openapi?format=json'), await makeIds(), random);
await Promise.all(Array.from({ length: AT_ONCE }, sendUntilEnough));
agent.destroy();
report();

// Things to refer to: two datasets, a saved pipeline, runs that end in different ways.
async function makeIds() {
  const dataset = await json('POST', '/api/v1/datasets?name=fuzz', [
    { a: 1 },
    { a: '=1', '\ud83d': 2 },
    { '\udc00.b': '\ud83d', '': [{ '\ud83d': null }] },
  ]);
  const main = (body) => ({
    name: 'main.py',
    source: `def transform(record):\n    ${body}\n    return record\n`,
  });
  const runs = [];
  for (const body of ['pass', 'raise ValueError(record)']) {
    const pipeline = { name: 'fuzz', steps: [{ name: 'one', main: main(body) }] };
    runs.push((await json('POST', '/api/v1/runs', { datasetId: dataset.id, pipeline, batchSize: 2 })).id);
  }
  const pipeline = await json('POST', '/api/v1/pipelines', {
    name: 'fuzz',
    steps: [{ name: 'one', main: main('pass') }],
  });
  return {
    '/api/v1/datasets/': [dataset.id],
    '/api/v1/pipelines/': [pipeline.id],
    '/api/v1/runs/': runs,
    '/get_result/': runs,
  };
}

async function sendUntilEnough() {
  while (left-- > 0 && findings.length < MOST_FINDINGS) {
    const sent = source.next();
    try {
      judge(sent, await send(sent));
    } catch (failed) {
      if (!(failed instanceof Gone)) {
        findings.push({ why: failed.message, sent });
      }
    }
  }
}

function judge(sent, { status, type, text }) {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const why = fault(sent, status, type, text);
  if (why) {
    findings.push({ why, sent, text: text.slice(0, 500) });
  }
}

function fault({ method }, status, type, text) {
  if (status >= 500 && !EXPECTED.has(status)) {
    return `${status} is our own fault`;
  }
  if (status < 400 || method === 'HEAD') {
    return undefined;
  }
  if (!type?.startsWith('application/problem+json')) {
    return `${status} as ${type}`;
  }
  return /\bat [\w.$]+\(|java\.|org\.postgresql|Exception/.test(JSON.parse(text).detail ?? '')
    ? 'the inside shows'
    : undefined;
}

async function json(method, target, document) {
  const headers = document ? { 'Content-Type': 'application/json' } : {};
  const { status, text } = await send({
    method,
    target,
    headers,
    body: document && Buffer.from(JSON.stringify(document)),
  });
  if (status >= 300) {
    throw new Error(`${method} ${target} gave ${status}: ${text}`);
  }
  return JSON.parse(text);
}

// A body that comes in pieces: in chunks, with fields after the last one, with pauses, or not to its end, after which the client goes away.
async function sendInPieces(question, body, way) {
  if (way === 'trailers') {
    question.setHeader('Trailer', 'X-After');
    question.addTrailers([['X-After', '1']]);
  }
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length; at += size) {
    question.write(body.subarray(at, at + size));
    if (way !== 'chunks') {
      await pause(PAUSE_MS);
    }
    if (way === 'never whole' && at > 0) {
      question.destroy(new Gone());
      return;
    }
  }
  question.end();
}

function send({ method, target, headers, body, way = 'at once' }) {
  return new Promise((resolve, reject) => {
    // Said by hand: for methods that mostly have no body Node would leave it out and still send the body.
    const isInPieces = way !== 'at once' && body?.length > 0;
    const length = body && !isInPieces ? { 'Content-Length': body.length } : {};
    const chunked = isInPieces ? { 'Transfer-Encoding': 'chunked' } : {};
    const question = request({
      hostname,
      port,
      path: target,
      method,
      headers: { ...headers, ...length, ...chunked },
      agent,
      timeout: LONGEST_ANSWER_MS,
    });
    question.on('response', async (answer) => {
      try {
        const pieces = [];
        for await (const piece of answer) {
          pieces.push(piece);
        }
        resolve({
          status: answer.statusCode,
          type: answer.headers['content-type'],
          text: Buffer.concat(pieces).toString(),
        });
      } catch (failed) {
        reject(failed);
      }
    });
    question.on('timeout', () =>
      question.destroy(new Error(`no answer within ${LONGEST_ANSWER_MS / 1000} s`)),
    );
    // Refused in its middle: the answer comes all the same, or there is none to judge.
    question.on('error', (failed) =>
      isInPieces && ['EPIPE', 'ECONNRESET'].includes(failed.code) ? reject(new Gone()) : reject(failed),
    );
    if (isInPieces) {
      sendInPieces(question, body, way).catch(reject);
    } else {
      question.end(body);
    }
  });
}

function report() {
  const counts = [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status}: ${count}`);
  console.log(`${requests} requests with seed ${seed}: ${counts.join(', ')}`);
  for (const { why, sent, text } of findings) {
    console.log(
      `\n${why}\n  ${sent.method} ${sent.target}\n  ${JSON.stringify(sent.headers)}\n  ${sent.body?.toString('latin1').slice(0, 500) ?? ''}\n  ${text ?? ''}`,
    );
  }
  process.exitCode = findings.length > 0 ? 1 : 0;
}
