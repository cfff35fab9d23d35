// Sessions of somebody else that use up what a database server allows (max_connections).
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';

const REFUSED = 'E'.charCodeAt(0);
const PROTOCOL_VERSION = 0x0003_0000;
const BETWEEN_TRIES_MS = 100;

export class ForeignSessions {
  #folder;
  #sessions = new Map();
  #isOver = false;

  // folder is that of the server's data
  constructor(folder) {
    this.#folder = folder;
  }

  // Asks for every slot there is, for ever: those of others are taken as soon as they are free.
  open() {
    const [, slots] = /max_connections=(\d+)/.exec(
      readFileSync(join(this.#folder, 'postmaster.opts'), 'utf8'),
    );
    for (let slot = 0; slot < Number(slots); slot++) {
      this.#ask(slot);
    }
  }

  // Whether nobody else has a slot.
  get haveAll() {
    return [...this.#sessions.values()].every(({ isIn }) => isIn);
  }

  close() {
    this.#isOver = true;
    for (const { socket } of this.#sessions.values()) {
      socket.destroy();
    }
  }

  // A session has its slot before it has said its password, which these never do.
  #ask(slot) {
    const socket = createConnection({ host: '127.0.0.1', port: this.#port });
    const session = { socket, isIn: false };
    this.#sessions.set(slot, session);
    socket.on('connect', () => socket.write(startup()));
    socket.on('data', ([kind]) => {
      session.isIn = kind !== REFUSED;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      session.isIn = false;
      if (!this.#isOver) {
        setTimeout(() => this.#isOver || this.#ask(slot), BETWEEN_TRIES_MS);
      }
    });
  }

  get #port() {
    return Number(readFileSync(join(this.#folder, 'postmaster.pid'), 'utf8').split('\n')[3]);
  }
}

// See https://www.postgresql.org/docs/current/protocol-message-formats.html, StartupMessage.
function startup() {
  const text = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + text.length, 0);
  head.writeInt32BE(PROTOCOL_VERSION, 4);
  return Buffer.concat([head, text]);
}
