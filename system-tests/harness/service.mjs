// A service from the packaged jar, in a process of its own that can be ended in every way a process can end.
// JAVA_HOME is the JDK, SERVICE_JAR the jar, SERVICE_OPTIONS the options of Java, one a line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.mjs';
import { freePort } from './free-port.mjs';

const LONGEST_START_MS = 120_000;
const LONGEST_STOP_MS = 60_000;
// Short, as the benchmark measures starts.
const BETWEEN_POLLS_MS = 5;

export class Service {
  #process;
  #folder;
  #settings;
  #options;

  // folder keeps the data of the service between its starts; settings are variables of its environment, options more options of
  // Java, which win over the usual ones.
  constructor(folder, settings = {}, options = []) {
    this.#folder = folder;
    this.#settings = settings;
    this.#options = options;
  }

  get folder() {
    return this.#folder;
  }

  // The value of the label that all containers of this data folder have.
  get installation() {
    return readFileSync(join(this.#folder, 'installation'), 'utf8').trim();
  }

  // Where it keeps the packages of scripts when it is not told: scripts can read that path.
  get environmentFolder() {
    return join('/var/tmp', `datapipeline-${this.installation.slice(0, 8)}`);
  }

  get log() {
    const file = join(this.#folder, 'service.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  // The first process of the embedded database.
  get databaseId() {
    return Number(readFileSync(join(this.#folder, 'postgresql/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  // Resolves when the service is ready to be used, or as soon as it answers at all; startSeconds is how long that took, at most longestMs.
  async start({ untilReady = true, longestMs = LONGEST_START_MS } = {}) {
    const port = await freePort();
    const started = performance.now();
    this.address = `http://127.0.0.1:${port}`;
    this.client?.close();
    this.client = new Client(this.address);
    this.#launch(port);
    while (!(untilReady ? await this.isReady() : await this.isAlive())) {
      if (!this.isRunning || performance.now() - started > longestMs) {
        await this.stop();
        throw new Error(`the service did not start:\n${this.log.split('\n').slice(-40).join('\n')}`);
      }
      await pause(BETWEEN_POLLS_MS);
    }
    this.startSeconds = (performance.now() - started) / 1000;
  }

  #launch(port) {
    mkdirSync(this.#folder, { recursive: true });
    const log = openSync(join(this.#folder, 'service.log'), 'a');
    const options = [...env.SERVICE_OPTIONS.split('\n'), ...this.#options];
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
    return this.client.isReady();
  }

  isAlive() {
    return this.client.isAlive();
  }

  // Sandboxes of every kind until they are removed, as the service counts them.
  async livingSandboxes() {
    return Number(/^datapipeline_sandboxes_living\S* (\S+)$/m.exec(await this.client.metrics())[1]);
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

  // Stops the service in order. May be called again, and before it was started.
  async stop() {
    if (this.isRunning) {
      await this.end('SIGTERM');
    }
    this.client?.close();
  }
}
