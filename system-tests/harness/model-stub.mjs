// A model server whose answers are scripted call by call. What it bills is the truth that the books of a service are held against.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export const STUB_MODEL = 'stub-model';
export const STUB_KEY = 'sk-stub-5d0c3a0f7e5b4d8c';
const BYTES_PER_TOKEN = 4;
// Of 10^-12 dollars, in what is paid for a token at a dollar for a million.
const PICODOLLARS = 1_000_000;
const TOKEN = 'word ';

export class ModelStub {
  #server = createServer((request, response) => this.#take(request, response));
  #prices;
  #port = 0;

  // Every call that has come, in order.
  calls = [];

  // script is given a call and says what comes of it, as one of the functions below; prices are dollars for a million tokens.
  constructor(script = () => answers(), prices = { input: 10, output: 40 }) {
    this.script = script;
    this.#prices = prices;
    this.#server.keepAliveTimeout = 60_000;
  }

  // May be called again after stop, for the same address.
  async start() {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = this.#server.address().port;
  }

  get address() {
    return `http://127.0.0.1:${this.#port}/v1`;
  }

  get prices() {
    return this.#prices;
  }

  // In picodollars.
  get bill() {
    return this.calls.reduce((sum, call) => sum + call.billed, 0);
  }

  get open() {
    return this.calls.filter((call) => !call.isOver).length;
  }

  // How often each prompt was answered in full.
  get answeredPrompts() {
    const counts = new Map();
    for (const { prompt } of this.calls.filter((call) => call.isAnswered)) {
      counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
    }
    return counts;
  }

  forget() {
    this.calls = [];
  }

  // Connections are lost at once, also those with a call.
  async stop() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request, response) {
    const pieces = [];
    for await (const piece of request) {
      pieces.push(piece);
    }
    if (request.headers.authorization !== `Bearer ${STUB_KEY}`) {
      respond(response, 401, errorOf('invalid_api_key', 'Wrong key.'));
      return;
    }
    if (request.method === 'GET') {
      respond(response, 200, { object: 'list', data: [{ id: STUB_MODEL, object: 'model' }] });
      return;
    }
    const call = new Call(this, request, JSON.parse(Buffer.concat(pieces)));
    this.calls.push(call);
    response.on('close', () => call.end(response.writableFinished));
    await this.script(call)(call, response);
  }
}

class Call {
  #stub;

  // What was billed for it, in picodollars.
  billed = 0;
  isOver = false;
  isAnswered = false;

  constructor(stub, request, body) {
    this.#stub = stub;
    this.number = stub.calls.length;
    this.path = request.url;
    this.headers = request.headers;
    this.body = body;
    const { content = '' } = body.messages?.at(-1) ?? {};
    this.prompt = content;
    this.began = performance.now();
  }

  // Bills the prompt and so many tokens of an answer; returns the usage. More than was asked for is not answered.
  charge(tokens) {
    const { input, output } = this.#stub.prices;
    const most = this.body.max_completion_tokens ?? this.body.max_tokens ?? tokens;
    const usage = {
      prompt_tokens: Math.ceil(Buffer.byteLength(this.prompt) / BYTES_PER_TOKEN),
      completion_tokens: Math.min(tokens, most),
    };
    this.billed = (usage.prompt_tokens * input + usage.completion_tokens * output) * PICODOLLARS;
    return { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
  }

  end(isWhole) {
    this.isOver = true;
    this.isAnswered = isWhole && this.billed > 0;
    this.ended = performance.now();
  }
}

// A whole answer, which is the prompt unless a text is given.
export function answers({ tokens = 8, afterMs = 0, text } = {}) {
  return async (call, response) => {
    await pause(afterMs);
    respond(response, 200, completionOf(call, text ?? call.prompt, call.charge(tokens)));
  };
}

export function streams({ tokens = 8, gapMs = 5, cutAfter = Number.POSITIVE_INFINITY } = {}) {
  return async (call, response) => {
    const usage = call.charge(tokens);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (let token = 0; token < tokens && !response.destroyed; token++) {
      if (token === cutAfter) {
        response.destroy();
        return;
      }
      response.write(eventOf([{ index: 0, delta: { content: TOKEN }, finish_reason: null }]));
      await pause(gapMs);
    }
    response.write(eventOf([{ index: 0, delta: {}, finish_reason: 'stop' }]));
    if (call.body.stream_options?.include_usage) {
      response.write(eventOf([], usage));
    }
    response.end('data: [DONE]\n\n');
  };
}

// A refusal, which may be billed all the same.
export function refuses(status, { code = 'refused', headers = {}, isBilled = false } = {}) {
  return (call, response) => {
    if (isBilled) {
      call.charge(0);
    }
    respond(response, status, errorOf(code, `The stub says ${code} to ${STUB_KEY}.`), headers);
  };
}

// The connection is lost before the answer begins.
export function breaksOff({ afterMs = 0, isBilled = false } = {}) {
  return async (call, response) => {
    if (isBilled) {
      call.charge(8);
    }
    await pause(afterMs);
    response.destroy();
  };
}

// The connection is lost within the answer, which is billed.
export function cutsInTheMiddle({ tokens = 8 } = {}) {
  return (call, response) => {
    const body = JSON.stringify(completionOf(call, call.prompt, call.charge(tokens)));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  };
}

// Thinks until the client leaves, and bills what it has thought.
export function neverAnswers({ tokens = 8 } = {}) {
  return (call) => {
    call.charge(tokens);
  };
}

// An answer of so many bytes.
export function floods(bytes) {
  return (call, response) => respond(response, 200, completionOf(call, 'x'.repeat(bytes), call.charge(8)));
}

// A stream that goes on until the client leaves. Only what the request allows is billed.
export function streamsForEver({ gapMs = 1 } = {}) {
  return async (call, response) => {
    call.charge(Number.MAX_SAFE_INTEGER);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    while (!response.destroyed) {
      response.write(eventOf([{ index: 0, delta: { content: TOKEN }, finish_reason: null }]));
      await pause(gapMs);
    }
  };
}

function respond(response, status, document, headers = {}) {
  const body = JSON.stringify(document);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

function completionOf(call, content, usage) {
  const message = { role: 'assistant', content };
  return {
    id: `chatcmpl-${call.number}`,
    object: 'chat.completion',
    created: 0,
    model: STUB_MODEL,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage,
  };
}

function eventOf(choices, usage) {
  const document = {
    id: 'chatcmpl',
    object: 'chat.completion.chunk',
    created: 0,
    model: STUB_MODEL,
    choices,
  };
  return `data: ${JSON.stringify(usage ? { ...document, usage } : document)}\n\n`;
}

function errorOf(code, message) {
  return { error: { message, type: 'stub_error', param: null, code } };
}
