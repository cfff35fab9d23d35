// The Docker engine as the suite sees it: by its own API, since a command for every look would be a load of its own.
import { request } from 'node:http';
import { env } from 'node:process';

const SOCKET = (env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const LONGEST_ANSWER_MS = 20_000;

// The ids of all containers with the label, stopped ones too.
export async function containersWith(label) {
  const listed = JSON.parse(await ask(`/containers/json?all=1&filters=${filters({ label: [label] })}`));
  const inspected = await Promise.all(listed.map(({ Id }) => ask(`/containers/${Id}/json`)));
  // Docker 20.10 goes on listing a container for ever that ended by itself at the moment it was removed.
  return inspected.map((text) => JSON.parse(text).Id).filter(Boolean);
}

// Looks at every container with the label from its creation on, until it is closed.
export class ContainerWatch {
  #events;
  #looks = new Map();

  constructor(label) {
    this.#events = request({
      socketPath: SOCKET,
      path: `/events?filters=${filters({ type: ['container'], event: ['create'], label: [label] })}`,
    });
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

function filters(wanted) {
  return encodeURIComponent(JSON.stringify(wanted));
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
