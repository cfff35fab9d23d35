// A service in a process of its own, to be ended in every way a process can end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

const LONGEST_START_MS = 120_000;
const LONGEST_STOP_MS = 60_000;

export class ServiceProcess {
  #process;
  #folder;
  #settings;

  // folder keeps the data of the service between its starts; settings are variables of its environment
  constructor(folder, settings = {}) {
    this.#folder = folder;
    this.#settings = settings;
  }

  get folder() {
    return this.#folder;
  }

  get installation() {
    return readFileSync(join(this.#folder, 'installation'), 'utf8').trim();
  }

  get log() {
    const file = join(this.#folder, 'service.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  // The process of the embedded database.
  get databaseId() {
    return Number(readFileSync(join(this.#folder, 'postgresql/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  // Resolves when the service is ready to be used, or as soon as it answers at all.
  async start({ untilReady = true } = {}) {
    await this.#launch();
    const deadline = Date.now() + LONGEST_START_MS;
    while (!(untilReady ? await this.isReady() : await this.isAlive())) {
      if (!this.isRunning || Date.now() > deadline) {
        throw new Error(`the service did not start:\n${this.log.split('\n').slice(-40).join('\n')}`);
      }
      await pause(50);
    }
  }

  async #launch() {
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    mkdirSync(this.#folder, { recursive: true });
    const log = openSync(join(this.#folder, 'service.log'), 'a');
    const options = env.SERVICE_OPTIONS.split('\n');
    this.#process = spawn(join(env.JAVA_HOME, 'bin/java'), [...options, '-jar', env.SERVICE_JAR], {
      env: {
        ...env,
        ...this.#settings,
        QUARKUS_HTTP_PORT: String(port),
        DATAPIPELINE_DATA_DIRECTORY: this.#folder,
      },
      stdio: ['ignore', log, log],
    });
    this.ended = once(this.#process, 'exit').then(([code]) => code);
  }

  isReady() {
    return this.#isWell('ready');
  }

  // What it says of itself, with the reasons why it is not ready.
  async readiness() {
    return (await fetch(`${this.address}/q/health/ready`, { signal: AbortSignal.timeout(5_000) })).text();
  }

  isAlive() {
    return this.#isWell('live');
  }

  async #isWell(kind) {
    try {
      return (await fetch(`${this.address}/q/health/${kind}`, { signal: AbortSignal.timeout(5_000) })).ok;
    } catch {
      return false;
    }
  }

  // Sandboxes of every kind until they are removed, as the service counts them.
  async livingSandboxes() {
    const metrics = await (await fetch(`${this.address}/q/metrics`)).text();
    return Number(/^datapipeline_sandboxes_living\S* (\S+)$/m.exec(metrics)[1]);
  }

  get isRunning() {
    return (
      this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  get processId() {
    return this.#process.pid;
  }

  signal(name) {
    this.#process.kill(name);
  }

  // The exit code, once the process ended by what was done to it.
  async endedBy(cause) {
    const patience = new AbortController();
    const code = await Promise.race([
      this.ended,
      pause(LONGEST_STOP_MS, undefined, { signal: patience.signal }),
    ]);
    patience.abort();
    if (this.isRunning) {
      throw new Error(`the service did not end by "${cause}" within ${LONGEST_STOP_MS / 1000} s`);
    }
    return code;
  }

  // Ends the process with the signal and returns its exit code, null when the signal itself ended it.
  async end(signal) {
    this.signal(signal);
    const timer = setTimeout(() => this.signal('SIGKILL'), LONGEST_STOP_MS);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
}
