// A package index on this machine: the Simple API in JSON (PEP 691), and whatever else a test has it answer.
import { once } from 'node:events';
import { createServer } from 'node:http';

const JSON_PAGE = 'application/vnd.pypi.simple.v1+json';
const LONG_AGO = '2020-01-01T00:00:00Z';

export class PackageIndex {
  #server = createServer((request, response) => this.#answer(request, response));
  #answers = new Map();

  // Path and headers of every request that has come, in order.
  requests = [];

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  // Connections are lost at once.
  async stop() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  get url() {
    return `${this.origin}/simple/`;
  }

  // Settings of a service that asks this index; more are further settings of it.
  settings(name, more = {}) {
    return Object.fromEntries(
      Object.entries({ url: this.url, ...more }).map(([setting, value]) => [
        `datapipeline.environment.indexes.${name}.${setting}`,
        value,
      ]),
    );
  }

  // answer is called with the request and the response.
  on(path, answer) {
    this.#answers.set(path, answer);
  }

  // Has wheels of one project, and their files. Each is a wheel, or a wheel with fields of its entry that differ from the truth.
  project(name, ...wheels) {
    this.page(name, wheels.map((each) => (each.wheel ? each : { wheel: each })).map(entryOf));
    for (const each of wheels) {
      const wheel = each.wheel ?? each;
      this.on(`/files/${wheel.filename}`, (_, response) => response.end(wheel.bytes));
    }
  }

  // A page with these entries of files.
  page(name, files) {
    const page = JSON.stringify({ meta: { 'api-version': '1.1' }, name, files });
    this.on(pathOf(name), (_, response) => response.setHeader('Content-Type', JSON_PAGE).end(page));
  }

  // Paths that begin so and were asked for.
  asked(prefix) {
    return this.requests.map(({ path }) => path).filter((path) => path.startsWith(prefix));
  }

  #answer(request, response) {
    this.requests.push({ path: request.url, headers: request.headers });
    response.on('error', () => {});
    const answer = this.#answers.get(request.url);
    if (answer) {
      answer(request, response);
    } else {
      response.writeHead(404).end();
    }
  }
}

export function pathOf(project) {
  return `/simple/${project}/`;
}

function entryOf({ wheel, entry = {} }) {
  return {
    filename: wheel.filename,
    url: `../../files/${wheel.filename}`,
    hashes: { sha256: wheel.sha256 },
    size: wheel.bytes.length,
    'upload-time': LONG_AGO,
    ...entry,
  };
}
