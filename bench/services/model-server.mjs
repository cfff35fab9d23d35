// The server that model calls go to, in a process of its own, and the settings by which a service finds it.
import { fork } from 'node:child_process';
import { once } from 'node:events';

export const LIMIT_PER_MINUTE = 1_200;
const PRICE_SETTINGS = ['input', 'output'].map((what) => `prices."bench".${what}=1`);

export class ModelServer {
  #process;
  #port;

  // Returns it when it listens.
  static async start() {
    const server = new ModelServer();
    server.#process = fork(new URL('../references/model-server.mjs', import.meta.url), {
      env: { ...process.env, LIMIT: String(LIMIT_PER_MINUTE) },
    });
    [server.#port] = await once(server.#process, 'message');
    return server;
  }

  get baseUrl() {
    return `http://127.0.0.1:${this.#port}/v1`;
  }

  // Options of Java for a service with two upstreams: `bench`, and `limited`, whose limit both sides keep.
  get javaOptions() {
    const upstreams = {
      bench: [`base-url=${this.baseUrl}`, 'default=true', 'in-flight=256'],
      limited: [
        `base-url=http://127.0.0.1:${this.#port}/limited/v1`,
        `requests-per-minute=${LIMIT_PER_MINUTE}`,
      ],
    };
    return Object.entries(upstreams).flatMap(([name, settings]) =>
      [...settings, ...PRICE_SETTINGS, 'api-key=bench'].map(
        (setting) => `-Ddatapipeline.llm.upstreams.${name}.${setting}`,
      ),
    );
  }

  // What it has seen since it was asked last: `acceptedAt` and `cutAt` (by nonce) in seconds since 1970, `refused`.
  async seen() {
    const answer = await fetch(new URL('/seen', this.baseUrl));
    return answer.json();
  }

  stop() {
    this.#process.disconnect();
  }
}
