// The stand-in for a model server of examples/capitals-model, in a process of its own, as the upstream of a service.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../examples/capitals-model/stand_in_server.py', import.meta.url));

export class StandIn {
  #process;

  // folder takes the file with its key.
  constructor(folder, key = 'key-of-the-stand-in') {
    this.key = key;
    this.keyFile = join(folder, 'stand-in.key');
  }

  async start(latencyMs = 5) {
    writeFileSync(this.keyFile, `${this.key}\n`, { mode: 0o600 });
    const options = ['--key-file', this.keyFile, '--latency', String(latencyMs)];
    this.#process = spawn('python3', [SERVER, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(this.#process.stdout), 'line');
    this.address = /http:\S+/.exec(line)[0];
  }

  async stop() {
    if (this.#process?.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill();
      await ended;
    }
  }
}

// Settings of a service that has one upstream, the default; more are those below its name.
export function upstreamSettings(name, { baseUrl, keyFile, model, input = '10', output = '40', more = {} }) {
  const upstream = `datapipeline.llm.upstreams.${name}`;
  const settings = {
    'base-url': baseUrl,
    'api-key-file': keyFile,
    default: 'true',
    models: model,
    [`prices."${model}".input`]: input,
    [`prices."${model}".output`]: output,
    ...more,
  };
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${upstream}.${key}`, value]));
}
