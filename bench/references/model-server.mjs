// A model server that is measured against: it answers when it is told to and remembers what it saw.
// Started as a child process; sends its port once it listens on the loopback address.
//
// The content of the first message is JSON: `delayMs` until the first byte of the answer, and a `nonce` that names the call. Below
// /limited it accepts so many requests a minute as LIMIT says and refuses others. GET /seen tells what it saw and forgets it.
import { createServer } from 'node:http';
import process, { env } from 'node:process';

const LIMIT_PER_MINUTE = Number(env.LIMIT ?? 1200);
// What a provider lets through at once beyond the steady rate.
const BURST = LIMIT_PER_MINUTE / 60;
const USAGE = { prompt_tokens: 40, completion_tokens: 5, total_tokens: 45 };
const EVENTS = 5;

let seen;
let allowed = BURST;
let refilledAt = performance.now();
forget();

function forget() {
  seen = { acceptedAt: [], refused: 0, cutAt: {} };
}

function isWithinLimit() {
  const now = performance.now();
  allowed = Math.min(BURST, allowed + ((now - refilledAt) / 60_000) * LIMIT_PER_MINUTE);
  refilledAt = now;
  if (allowed < 1) {
    return false;
  }
  allowed -= 1;
  return true;
}

function answer(request, response, call) {
  if (request.url.startsWith('/limited') && !isWithinLimit()) {
    seen.refused += 1;
    send(response, 429, {
      error: { message: 'too many', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    });
    return;
  }
  seen.acceptedAt.push(Date.now() / 1000);
  const { delayMs = 0, nonce } = JSON.parse(call.messages[0].content);
  const timer = setTimeout(() => (call.stream ? stream(response, call) : complete(response, call)), delayMs);
  response.on('close', () => {
    if (!response.writableFinished) {
      clearTimeout(timer);
      seen.cutAt[nonce] = Date.now() / 1000;
    }
  });
}

function complete(response, { model }) {
  const message = { role: 'assistant', content: 'yes' };
  send(response, 200, {
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: USAGE,
  });
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.length });
  response.end(text);
}

function stream(response, { model, stream_options: options }) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const event = (choices, more = {}) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 0, model, choices, ...more })}\n\n`,
    );
  for (let i = 0; i < EVENTS; i++) {
    event([{ index: 0, delta: { content: 'yes ' }, finish_reason: i === EVENTS - 1 ? 'stop' : null }]);
  }
  if (options?.include_usage) {
    event([], { usage: USAGE });
  }
  response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => {
  if (request.url === '/seen') {
    send(response, 200, seen);
    forget();
    return;
  }
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => answer(request, response, JSON.parse(Buffer.concat(pieces).toString())));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 1024, () => process.send(server.address().port));
process.once('disconnect', () => process.exit());
