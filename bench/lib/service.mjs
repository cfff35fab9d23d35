// One packaged service on a data folder of its own, from its start to its end.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../system-tests/harness/free-port.mjs';
import { Client } from './client.mjs';
import { containersOf, removeContainersOf } from './containers.mjs';

const LONGEST_START_MS = 120_000;
const LONGEST_STOP_MS = 60_000;
const LONGEST_SETTLING_MS = 60_000;

export class Service {
  // Starts the service on the folder and returns when it is ready; `moreJavaOptions` come last and so win.
  static async start(folder, moreJavaOptions = []) {
    const port = await freePort();
    const started = performance.now();
    const service = new Service(folder, port, spawnService(folder, port, moreJavaOptions));
    await service.#waitUntilReady();
    service.startSeconds = (performance.now() - started) / 1000;
    // The label value of every container of this data folder.
    service.installation = readFileSync(join(folder, 'installation'), 'utf8').trim();
    return service;
  }

  constructor(folder, port, process) {
    this.folder = folder;
    this.process = process;
    this.client = new Client(port);
    this.ended = new Promise((resolve) => process.once('close', resolve));
  }

  get pid() {
    return this.process.pid;
  }

  // Waits until so many sandboxes are warm and those of earlier runs are removed: the warm service that a run is meant for.
  async settle(sandboxes) {
    const deadline = Date.now() + LONGEST_SETTLING_MS;
    let before = [];
    for (;;) {
      const now = await containersOf(this.installation);
      if (String(now) === String(before) && (await this.client.warmSandboxes()) >= sandboxes) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `the service did not have ${sandboxes} warm sandboxes within ${LONGEST_SETTLING_MS / 1000} s`,
        );
      }
      before = now;
      await pause(200);
    }
  }

  // Safe to call again.
  stop() {
    this.stopped ??= this.#stop();
    return this.stopped;
  }

  async #stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), LONGEST_STOP_MS);
      await this.ended;
      clearTimeout(timer);
    }
    this.client.close();
    if (this.installation) {
      await removeContainersOf(this.installation);
    }
  }

  async #waitUntilReady() {
    const deadline = Date.now() + LONGEST_START_MS;
    while (!(await this.client.isReady())) {
      if (this.process.exitCode !== null) {
        throw new Error(`the service ended while it started: see ${this.folder}/logs`);
      }
      if (Date.now() > deadline) {
        await this.stop();
        throw new Error('the service was not ready within two minutes');
      }
      await pause(5);
    }
  }
}

function spawnService(folder, port, moreJavaOptions) {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const environment = {
    ...process.env,
    QUARKUS_HTTP_PORT: String(port),
    DATAPIPELINE_DATA_DIRECTORY: folder,
    QUARKUS_LOG_CONSOLE_ENABLED: 'false',
    QUARKUS_LOG_FILE_ENABLED: 'true',
    QUARKUS_LOG_FILE_PATH: join(folder, 'logs', 'service.log'),
  };
  const options = [...process.env.BENCH_JAVA_OPTIONS.split('\n'), ...moreJavaOptions];
  return spawn(process.env.BENCH_JAVA, [...options, '-jar', process.env.BENCH_SERVICE_JAR], {
    env: environment,
    stdio: 'ignore',
  });
}
