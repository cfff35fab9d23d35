// A Docker engine beside the one of this machine, to be killed and stopped without harm to anything else.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { docker, removeContainers } from '../harness/containers.mjs';
import { waitUntil } from '../harness/wait.mjs';

const LONGEST_START_MS = 60_000;
const DISK_BYTES = 2 ** 30;
const BETWEEN_FILLS_MS = 20;

export class EngineOfItsOwn {
  #folder = mkdtempSync('/tmp/dockerd-');
  #disk = join(this.#folder, 'data');
  #process;
  #filling;

  get host() {
    return `unix://${join(this.#folder, 'docker.sock')}`;
  }

  // Resolves when the engine answers and has the base image of the sandboxes.
  async start() {
    mkdirSync(this.#disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', this.#disk]);
    await this.launch();
    await this.loadBaseImage();
  }

  // Leaves the engine no space to write to, not even that of sandboxes that go, until freeDisk.
  fillDisk() {
    const fill = () => {
      const { blocks, bfree, bsize } = statfsSync(this.#disk);
      try {
        this.#resizeDisk((blocks - bfree) * bsize);
      } catch {
        // Something was written in between, and the disk cannot be smaller than what is on it: the next time will do.
      }
    };
    fill();
    this.#filling = setInterval(fill, BETWEEN_FILLS_MS);
  }

  freeDisk() {
    clearInterval(this.#filling);
    this.#resizeDisk(DISK_BYTES);
  }

  #resizeDisk(bytes) {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.#disk]);
  }

  async loadBaseImage() {
    const image = join(this.#folder, 'base.tar');
    docker(['save', '--output', image, env.DATAPIPELINE_SANDBOX_BASE_IMAGE]);
    docker(['load', '--input', image], this.host);
    rmSync(image);
  }

  // Starts the process of the engine, again after it ended.
  async launch() {
    const log = openSync(join(this.#folder, 'dockerd.log'), 'a');
    // The process of a killed one counts as running until its parent takes note of its end.
    rmSync(join(this.#folder, 'docker.pid'), { force: true });
    rmSync(join(this.#folder, 'exec/containerd/containerd.pid'), { force: true });
    const folders = [
      '--data-root',
      this.#disk,
      '--exec-root',
      join(this.#folder, 'exec'),
      '--pidfile',
      join(this.#folder, 'docker.pid'),
    ];
    const network = ['--bridge', 'none', '--iptables=false', '--ip-forward=false'];
    // In a network of its own: an engine without a bridge takes down the one it finds, which is that of the machine's engine.
    const command = ['--net', 'dockerd', '--host', this.host, ...folders, ...network];
    this.#process = spawn('unshare', command, { stdio: ['ignore', log, log] });
    await waitUntil(
      async () => docker(['version'], this.host).length > 0,
      'the Docker engine',
      LONGEST_START_MS,
    );
  }

  // An engine that was killed leaves its mounts behind.
  #unmount() {
    const places = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((mount) => mount.split(' ')[1]);
    for (const place of places.filter((name) => name?.startsWith(this.#folder)).reverse()) {
      execFileSync('umount', ['--lazy', place]);
    }
  }

  signal(name) {
    this.#process.kill(name);
  }

  // Ends the engine with all its containers and removes what it wrote.
  async close() {
    removeContainers(docker(['ps', '--all', '--quiet'], this.host), this.host);
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.signal('SIGTERM');
    await ended;
    this.#unmount();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
