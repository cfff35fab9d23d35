// What the measurements of one benchmark share: a folder, a service, and the datasets that were made once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { ModelServer } from '../services/model-server.mjs';
import { PackageService } from '../services/package-service.mjs';
import { startService, stopService } from '../services/service.mjs';
import { Watchers } from '../services/watchers.mjs';

export class Context {
  #contents = new Map();
  #services = new Set();
  #watchers;

  constructor(sizes) {
    mkdirSync('target', { recursive: true });
    this.sizes = sizes;
    // On the disk that a data folder would be on; a folder for temporary files may be memory.
    this.folder = mkdtempSync(resolve('target', 'bench-'));
    this.serviceFolder = join(this.folder, 'data');
    this.cores = availableParallelism();
    this.baseImage = process.env.DATAPIPELINE_SANDBOX_BASE_IMAGE;
  }

  async startService() {
    this.service = await this.start(this.serviceFolder);
  }

  // Starts a service whose scripts may call the models of a server that is started with it.
  async startServiceWithModels() {
    this.modelServer = await ModelServer.start();
    this.service = await this.start(join(this.folder, 'models'), this.modelServer.javaOptions);
  }

  // Starts a service whose index is in this process.
  async startServiceWithPackages() {
    this.packages = new PackageService(join(this.folder, 'packages'));
    await this.packages.openIndex();
    this.service = await this.startAgainWithPackages();
  }

  // As it was left: with its environments, and nothing else.
  startAgainWithPackages() {
    return this.start(this.packages.dataFolder, this.packages.javaOptions);
  }

  // Starts another service, which ends with the context at the latest.
  async start(folder, javaOptions) {
    const service = await startService(folder, javaOptions);
    this.#services.add(service);
    return service;
  }

  async stop(service) {
    this.#services.delete(service);
    await stopService(service);
  }

  // Those of the service, who come when they are asked for first.
  async watchers() {
    this.#watchers ??= await Watchers.of(this.service.address);
    return this.#watchers;
  }

  async stopService() {
    this.#letWatchersGo();
    if (this.service) {
      await this.stop(this.service);
    }
    this.service = undefined;
    this.modelServer?.stop();
    this.modelServer = undefined;
    this.lastLargeRun = undefined;
  }

  // Content under that name, made by `make` when it is first asked for.
  content(name, make) {
    if (!this.#contents.has(name)) {
      this.#contents.set(name, make());
    }
    return this.#contents.get(name);
  }

  forgetContents() {
    this.#contents.clear();
  }

  // The path of a file with content made by `make`.
  file(name, make) {
    return this.content(`file ${name}`, () => {
      const path = join(this.folder, name);
      writeFileSync(path, make());
      return path;
    });
  }

  async close() {
    this.#letWatchersGo();
    await Promise.all([...this.#services].map((service) => this.stop(service)));
    this.modelServer?.stop();
    await this.packages?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #letWatchersGo() {
    this.#watchers?.leave();
    this.#watchers = undefined;
  }
}
