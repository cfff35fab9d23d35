// The public API of a service, for programs: JSON in, JSON out, and an error for every answer that is no success.
import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_ANSWER_MS = 600_000;
const LONGEST_HEALTH_CHECK_MS = 5_000;
const LONGEST_RUN_MS = 120_000;
const BETWEEN_POLLS_MS = 100;

// An answer that was no success, with its status.
export class RefusedError extends Error {
  constructor(status, request, text) {
    super(`${status} from ${request}: ${reasonIn(text)}`);
    this.status = status;
  }
}

export class Client {
  #agent = new Agent({ keepAlive: true });
  #host;
  #port;

  // address is such as http://localhost:8080
  constructor(address) {
    const { hostname, port } = new URL(address);
    this.#host = hostname;
    this.#port = port;
  }

  close() {
    this.#agent.destroy();
  }

  isReady() {
    return this.#isUp('ready');
  }

  isAlive() {
    return this.#isUp('live');
  }

  // What the service says of its readiness, whether it is ready or not.
  async readiness() {
    return textOf(await this.#send('GET', '/q/health/ready', { timeout: LONGEST_HEALTH_CHECK_MS }));
  }

  metrics() {
    return this.#text('GET', '/q/metrics');
  }

  get(path) {
    return this.#json('GET', path);
  }

  post(path, json, headers = {}) {
    return this.#json('POST', path, {
      content: JSON.stringify(json),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  }

  async delete(path) {
    await this.#text('DELETE', path);
  }

  // content is a text, a buffer or a stream of buffers
  uploadDataset(content, { type = 'application/json', name = 'dataset', headers = {} } = {}) {
    return this.#json('POST', `/api/v1/datasets?name=${encodeURIComponent(name)}`, {
      content,
      headers: { 'Content-Type': type, ...headers },
    });
  }

  // submission is the JSON of a run, or a form
  async submitRun(submission, headers) {
    if (!(submission instanceof FormData)) {
      return this.post('/api/v1/runs', submission, headers);
    }
    const form = new Response(submission);
    const content = Buffer.from(await form.arrayBuffer());
    return this.#json('POST', '/api/v1/runs', {
      content,
      headers: { 'Content-Type': form.headers.get('Content-Type'), ...headers },
    });
  }

  run(id) {
    return this.get(`/api/v1/runs/${id}`);
  }

  cancelRun(id) {
    return this.#json('POST', `/api/v1/runs/${id}/cancel`);
  }

  deleteRun(id) {
    return this.delete(`/api/v1/runs/${id}`);
  }

  deleteDataset(id) {
    return this.delete(`/api/v1/datasets/${id}`);
  }

  async records(id, { offset = 0, limit = 100 } = {}) {
    return (await this.get(`/api/v1/runs/${id}/records?offset=${offset}&limit=${limit}`)).items;
  }

  // What the records that succeeded became.
  values(id) {
    return this.get(`/api/v1/runs/${id}/results?format=json&view=final`);
  }

  // The results as NDJSON, given piece by piece to take; view is states or final. Resolves with the number of bytes.
  async downloadResults(id, view = 'states', take = () => {}) {
    const answer = await this.#accepted('GET', `/api/v1/runs/${id}/results?format=ndjson&view=${view}`);
    let bytes = 0;
    for await (const piece of answer) {
      bytes += piece.length;
      take(piece);
    }
    return bytes;
  }

  // Resolves with the final run; onProgress is called with every state of it that is seen.
  waitUntilFinal(id, options) {
    return this.waitUntilRun(id, (run) => run.finishedAt, 'did not end', options);
  }

  // Resolves with the run once the condition holds; failure is what to say where it never does.
  async waitUntilRun(id, condition, failure, options = {}) {
    const { betweenMs = BETWEEN_POLLS_MS, longestMs = LONGEST_RUN_MS, onProgress = () => {} } = options;
    const deadline = Date.now() + longestMs;
    while (Date.now() < deadline) {
      const run = await this.run(id);
      onProgress(run);
      if (condition(run)) {
        return run;
      }
      await pause(betweenMs);
    }
    throw new Error(`run ${id} ${failure} within ${longestMs / 1000} s`);
  }

  async #isUp(check) {
    try {
      const answer = await this.#send('GET', `/q/health/${check}`, { timeout: LONGEST_HEALTH_CHECK_MS });
      answer.resume();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  async #json(method, path, options) {
    return JSON.parse(await this.#text(method, path, options));
  }

  async #text(method, path, options) {
    return textOf(await this.#accepted(method, path, options));
  }

  async #accepted(method, path, options) {
    const answer = await this.#send(method, path, options);
    if (answer.statusCode >= 300) {
      throw new RefusedError(answer.statusCode, `${method} ${path}`, await textOf(answer));
    }
    return answer;
  }

  #send(method, path, { content, headers = {}, timeout = LONGEST_ANSWER_MS } = {}) {
    return new Promise((resolve, reject) => {
      const target = { host: this.#host, port: this.#port, method, path };
      const question = request({ ...target, agent: this.#agent, headers, timeout });
      question.on('response', resolve);
      question.on('error', reject);
      question.on('timeout', () => question.destroy(new Error(`no answer to ${method} ${path}`)));
      if (content === undefined || typeof content === 'string' || Buffer.isBuffer(content)) {
        question.end(content);
        return;
      }
      pipeline(content, question).catch(reject);
    });
  }
}

async function textOf(answer) {
  const pieces = [];
  for await (const piece of answer) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

// What a problem document says, or the start of whatever came instead.
function reasonIn(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title;
  } catch {
    return text.slice(0, 200);
  }
}
