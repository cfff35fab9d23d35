// The public API of the service, as far as the benchmark needs it.
import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_RUN_MS = 900_000;
const LONGEST_ANSWER_MS = 600_000;
const LONGEST_READINESS_MS = 2_000;

export class Client {
  #agent = new Agent({ keepAlive: true });

  constructor(port) {
    this.port = port;
  }

  close() {
    this.#agent.destroy();
  }

  async isReady() {
    try {
      const answer = await this.#send('GET', '/q/health/ready', { timeout: LONGEST_READINESS_MS });
      answer.resume();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  // Sandboxes that wait for runs to come.
  async warmSandboxes() {
    const health = await this.#json('GET', '/q/health/ready');
    return health.checks.find((check) => check.name === 'sandboxes').data.warm;
  }

  // `content` is a buffer or a stream of buffers.
  uploadDataset(content, type = 'application/json') {
    return this.#json('POST', '/api/v1/datasets?name=bench', { content, type });
  }

  submitRun(submission) {
    return this.#json('POST', '/api/v1/runs', {
      content: Buffer.from(JSON.stringify(submission)),
      type: 'application/json',
    });
  }

  run(id) {
    return this.#json('GET', `/api/v1/runs/${id}`);
  }

  cancelRun(id) {
    return this.#json('POST', `/api/v1/runs/${id}/cancel`);
  }

  async deleteRun(id) {
    await this.#text('DELETE', `/api/v1/runs/${id}`);
  }

  async deleteDataset(id) {
    await this.#text('DELETE', `/api/v1/datasets/${id}`);
  }

  async record(id, index) {
    const page = await this.#json('GET', `/api/v1/runs/${id}/records?offset=${index}&limit=1`);
    return page.items[0];
  }

  // Returns the final run; `pauseMs` is how long to wait between two looks.
  async waitUntilFinal(id, pauseMs) {
    return this.waitUntil(id, pauseMs, (run) => run.finishedAt);
  }

  async waitUntil(id, pauseMs, isReached) {
    const deadline = Date.now() + LONGEST_RUN_MS;
    while (Date.now() < deadline) {
      const run = await this.run(id);
      if (isReached(run)) {
        return run;
      }
      await pause(pauseMs);
    }
    throw new Error(`run ${id} did not get there within ${LONGEST_RUN_MS / 1000} s`);
  }

  // The state table as NDJSON, given piece by piece to `take`; returns the number of bytes.
  async downloadStates(id, take = () => {}) {
    const answer = await this.#send('GET', `/api/v1/runs/${id}/results?format=ndjson&view=states`);
    await refuseProblem(answer);
    let bytes = 0;
    for await (const piece of answer) {
      bytes += piece.length;
      take(piece);
    }
    return bytes;
  }

  async #json(method, path, options) {
    return JSON.parse(await this.#text(method, path, options));
  }

  async #text(method, path, options) {
    const answer = await this.#send(method, path, options);
    await refuseProblem(answer);
    return textOf(answer);
  }

  #send(method, path, { content, type, timeout = LONGEST_ANSWER_MS } = {}) {
    return new Promise((resolve, reject) => {
      const headers = content === undefined ? {} : { 'Content-Type': type };
      const question = request({
        host: '127.0.0.1',
        port: this.port,
        agent: this.#agent,
        method,
        path,
        headers,
        timeout,
      });
      question.on('response', resolve);
      question.on('error', reject);
      question.on('timeout', () => question.destroy(new Error(`${method} ${path} took too long`)));
      if (content === undefined || Buffer.isBuffer(content)) {
        question.end(content);
        return;
      }
      pipeline(content, question).catch(reject);
    });
  }
}

async function refuseProblem(answer) {
  if (answer.statusCode >= 300) {
    throw new Error(
      `${answer.statusCode} from ${answer.req.method} ${answer.req.path}: ${(await textOf(answer)).slice(0, 500)}`,
    );
  }
}

async function textOf(answer) {
  const pieces = [];
  for await (const piece of answer) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
