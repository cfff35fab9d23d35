// A PostgreSQL beside the service, as people have one, of the same version that the service brings.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env, kill } from 'node:process';
import { freePort } from '../harness/free-port.mjs';

const USER = 'postgres';
// A server refuses to be root; what zonky's library does about it as well.
const AS_NOBODY_SPECIAL = process.getuid() === 0 ? ['unshare', '-U'] : ['env'];

export class ExternalDatabase {
  #folder = mkdtempSync(join(tmpdir(), 'datapipeline-database-'));
  #data = join(this.#folder, 'data');

  // Resolves when it lets people in.
  async start() {
    this.#unpack();
    this.port = await freePort();
    this.#run('initdb', '--auth', 'trust', '--username', USER, '--encoding', 'UTF8', '--pgdata', this.#data);
    this.#control('start');
  }

  #unpack() {
    const libraries = join(dirname(env.SERVICE_JAR), 'lib/main');
    const processor = process.arch === 'arm64' ? 'arm64v8' : 'amd64';
    const library = readdirSync(libraries).find((name) => name.includes(`binaries-linux-${processor}-1`));
    execFileSync(join(env.JAVA_HOME, 'bin/jar'), ['--extract', '--file', join(libraries, library)], {
      cwd: this.#folder,
    });
    const archive = readdirSync(this.#folder).find((name) => name.endsWith('.txz'));
    execFileSync('tar', ['--extract', '--xz', '--file', archive], { cwd: this.#folder });
  }

  #control(command, ...options) {
    const settings = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
    this.#run(
      'pg_ctl',
      command,
      '--wait',
      '--pgdata',
      this.#data,
      '--log',
      join(this.#folder, 'log'),
      ...(command === 'stop' ? [] : ['--options', settings]),
      ...options,
    );
  }

  #run(program, ...options) {
    const [command, ...before] = [...AS_NOBODY_SPECIAL, join(this.#folder, 'bin', program)];
    execFileSync(command, [...before, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  // As after a power cut: nothing is written down before it ends.
  crash() {
    this.#control('stop', '--mode', 'immediate');
  }

  launch() {
    this.#control('start');
  }

  // What a service has to be told.
  settings(port = this.port) {
    return {
      QUARKUS_DATASOURCE_JDBC_URL: `jdbc:postgresql://127.0.0.1:${port}/postgres`,
      QUARKUS_DATASOURCE_USERNAME: USER,
    };
  }

  close() {
    try {
      kill(Number(readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n')[0]), 0);
      this.crash();
    } catch {
      // It has ended.
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // The rows that a statement gives, each a list of texts.
  async ask(statement) {
    const socket = createConnection({ host: '127.0.0.1', port: this.port });
    await once(socket, 'connect');
    try {
      socket.write(
        message(
          '',
          int32(0x0003_0000),
          text('user'),
          text(USER),
          text('database'),
          text('postgres'),
          Buffer.of(0),
        ),
      );
      await answer(socket);
      socket.write(message('Q', text(statement)));
      return (await answer(socket)).filter(({ kind }) => kind === 'D').map(({ body }) => columns(body));
    } finally {
      socket.destroy();
    }
  }
}

// See https://www.postgresql.org/docs/current/protocol-message-formats.html.
function message(kind, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
}

function int32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
}

function text(characters) {
  return Buffer.from(`${characters}\0`);
}

// All messages until the server is ready for the next statement.
async function answer(socket) {
  let bytes = Buffer.alloc(0);
  const messages = [];
  while (messages.at(-1)?.kind !== 'Z') {
    while (bytes.length < 5 || bytes.length < 1 + bytes.readInt32BE(1)) {
      const [more] = await once(socket, 'data');
      bytes = Buffer.concat([bytes, more]);
    }
    const length = 1 + bytes.readInt32BE(1);
    messages.push({ kind: String.fromCharCode(bytes[0]), body: bytes.subarray(5, length) });
    bytes = bytes.subarray(length);
    if (messages.at(-1).kind === 'E') {
      throw new Error(String(messages.at(-1).body));
    }
  }
  return messages;
}

function columns(row) {
  const values = [];
  let place = 2;
  for (let column = 0; column < row.readInt16BE(0); column++) {
    const length = row.readInt32BE(place);
    values.push(length < 0 ? null : row.toString('utf8', place + 4, place + 4 + length));
    place += 4 + Math.max(length, 0);
  }
  return values;
}
