// The service of P1 to P9: its packages come from an index in the process of the benchmark.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PackageIndex } from '../../system-tests/harness/package-index.mjs';
import { pandasWheels } from '../../system-tests/harness/pandas-wheels.mjs';
import { waitUntil } from '../../system-tests/harness/wait.mjs';

const INDEX = 'bench';
const LONGEST_BUILD_MS = 600_000;

export class PackageService {
  #folder;
  index = new PackageIndex();

  // folder takes the data of the service and its environments.
  constructor(folder) {
    this.#folder = folder;
  }

  get dataFolder() {
    return join(this.#folder, 'data');
  }

  async openIndex() {
    await this.index.start();
    this.offer(pandasWheels());
  }

  get javaOptions() {
    const settings = {
      'datapipeline.environment.default-index': 'false',
      'datapipeline.environment.directory': this.#environments,
      ...this.index.settings(INDEX),
    };
    return Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
  }

  offer(wheels) {
    for (const wheel of wheels) {
      this.index.project(wheel.project, wheel);
    }
  }

  // Resolves with an environment of packages once it is ready, and the seconds from asking for it.
  async environmentOf({ client }, packages) {
    const started = performance.now();
    const { id } = await client.post('/api/v1/environments', { packages });
    let environment;
    await waitUntil(
      async () => {
        environment = await client.get(`/api/v1/environments/${id}`);
        return environment.status === 'READY' || environment.status === 'FAILED';
      },
      `the environment of ${packages}`,
      LONGEST_BUILD_MS,
    );
    if (environment.status !== 'READY') {
      throw new Error(`the environment of ${packages} failed: ${environment.error.message}`);
    }
    return { id, seconds: (performance.now() - started) / 1000 };
  }

  // The folder of an environment that has this module, as the service has built it.
  folderWith(module) {
    const folder = readdirSync(this.#environments)
      .map((name) => join(this.#environments, name))
      .find((path) => existsSync(join(path, module)));
    if (!folder) {
      throw new Error(`no environment has ${module}`);
    }
    return folder;
  }

  get #environments() {
    return join(this.#folder, 'environments');
  }

  close() {
    return this.index.stop();
  }
}
