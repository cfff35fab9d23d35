// Inspects every container of a service from its creation on. By the API of the Docker engine, as a command for each look would be a
// load of its own.
import { request } from 'node:http';
import { env } from 'node:process';

const SOCKET = (env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const LONGEST_ANSWER_MS = 20_000;

export class ContainerWatch {
  #events;
  #looks = new Map();

  constructor(service) {
    const label = [`dev.datapipeline.installation=${service.installation}`];
    const filters = JSON.stringify({ type: ['container'], event: ['create'], label });
    this.#events = request({ socketPath: SOCKET, path: `/events?filters=${encodeURIComponent(filters)}` });
    this.#events.on('error', () => {});
    this.#events.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (lines) => {
        for (const line of lines.split('\n').filter(Boolean)) {
          this.#look(JSON.parse(line).Actor.ID);
        }
      });
    });
    this.#events.end();
  }

  #look(id) {
    this.#looks.set(id, ask(`/containers/${id}/json`));
  }

  // What `docker inspect` says of each container that was seen, by its id.
  async close() {
    this.#events.destroy();
    return new Map(await Promise.all([...this.#looks].map(async ([id, look]) => [id, await look])));
  }
}

function ask(path) {
  return new Promise((resolve, reject) => {
    const question = request({ socketPath: SOCKET, path, timeout: LONGEST_ANSWER_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    question.on('error', reject);
    question.on('timeout', () => question.destroy(new Error(`the Docker engine did not answer ${path}`)));
    question.end();
  });
}
