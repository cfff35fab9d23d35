// A service in a process of its own, to be ended in every way a process can end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as pause } from "node:timers/promises";

const LONGEST_START_MS = 120_000;
const LONGEST_STOP_MS = 60_000;

export class ServiceProcess {
  #process;
  #folder;
  #settings;

  // folder keeps the data of the service between its starts; settings are environment variables
  constructor(folder, settings = {}) {
    this.#folder = folder;
    this.#settings = settings;
  }

  get installation() {
    return readFileSync(join(this.#folder, "installation"), "utf8").trim();
  }

  get processId() {
    return this.#process.pid;
  }

  // Resolves when the service is ready to be used.
  async start() {
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    mkdirSync(this.#folder, { recursive: true });
    const log = openSync(join(this.#folder, "service.log"), "a");
    this.#process = spawn(join(env.JAVA_HOME, "bin/java"), ["--enable-native-access=ALL-UNNAMED", "-jar", env.SERVICE_JAR], {
      env: { ...env, ...this.#settings, QUARKUS_HTTP_PORT: String(port), DATAPIPELINE_DATA_DIRECTORY: this.#folder },
      stdio: ["ignore", log, log],
    });
    const deadline = Date.now() + LONGEST_START_MS;
    while (!(await this.#isReady())) {
      if (this.#process.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the service did not start:\n${this.#endOfLog()}`);
      }
      await pause(100);
    }
  }

  async #isReady() {
    try {
      return (await fetch(`${this.address}/q/health/ready`)).ok;
    } catch {
      return false;
    }
  }

  // Ends the process with the signal and returns its exit code, null when the signal itself ended it.
  async end(signal) {
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), LONGEST_STOP_MS);
    const [code] = await ended;
    clearTimeout(timer);
    return code;
  }

  get isRunning() {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  #endOfLog() {
    const log = join(this.#folder, "service.log");
    return existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-40).join("\n") : "";
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
