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
