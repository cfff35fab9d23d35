// Clients that take their downloads at 10 KB/s: they keep nobody else from theirs, and none of them takes a part for the whole.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { describe, test } from 'node:test';
import { serviceOfFile } from '../harness/service-of-file.mjs';
import { waitUntil } from '../harness/wait.mjs';
import { pathOfLargeResults } from './large-results.mjs';

const PLACES = 32;
const BYTES_A_SECOND = 10 * 1024;
const READS_A_SECOND = 5;
// A rate is known after 10 s of waiting for the client.
const LONGEST_UNTIL_FIRST_MS = 25_000;
const LONGEST_DOWNLOAD_MS = 5_000;
const LONGEST_UNTIL_THREAD_ENDS_MS = 2_000;
const NEWCOMERS = 3;
// The dataset, the results, and where in them each batch is.
const FILES_OF_A_DOWNLOAD = 3;
const LAST_CHUNK = '\r\n0\r\n\r\n';

const service = serviceOfFile({ JAVA_TOOL_OPTIONS: '-Xmx512m' });

describe(`${PLACES} slow readers`, () => {
  test('do not keep others from downloads', async (t) => {
    const path = await pathOfLargeResults(service);
    const whole = await download(path);
    const readers = await Promise.all(Array.from({ length: PLACES }, () => SlowReader.of(path)));
    try {
      await waitUntil(async () => openFiles() === PLACES * FILES_OF_A_DOWNLOAD, 'no place left');
      assert.equal(await download(path), 0);
      const wait = await waitUntil(
        async () => (await download(path)) === whole,
        'a place',
        LONGEST_UNTIL_FIRST_MS,
      );
      t.diagnostic(`the first of the others waited ${(wait / 1_000).toFixed(1)} s`);
      await waitUntil(
        async () => openFiles() === (PLACES - 1) * FILES_OF_A_DOWNLOAD,
        'an end of the thread of the one who made room',
        LONGEST_UNTIL_THREAD_ENDS_MS,
      );

      for (let others = 1; others < NEWCOMERS; others++) {
        const started = Date.now();
        assert.equal(await download(path), whole);
        assert.ok(Date.now() - started < LONGEST_DOWNLOAD_MS, `${Date.now() - started} ms`);
      }

      const areWhole = await Promise.all(readers.map((reader) => reader.readOn()));
      // Nobody else made room, for there was a free place then.
      assert.equal(areWhole.filter((isWhole) => !isWhole).length, 1);
    } finally {
      for (const reader of readers) {
        reader.destroy();
      }
    }
  });
});

class SlowReader {
  #socket;
  #closed;
  #reading;
  #last = '';

  static async of(path) {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(service.address).port) });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    return new SlowReader(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('readable', () => {});
    this.#reading = setInterval(() => socket.read(BYTES_A_SECOND / READS_A_SECOND), 1_000 / READS_A_SECOND);
  }

  // The rest as fast as it can; whether the end of the answer came.
  async readOn() {
    clearInterval(this.#reading);
    this.#socket.removeAllListeners('readable');
    this.#socket
      .on('data', (piece) => (this.#last = (this.#last + piece.toString('latin1')).slice(-LAST_CHUNK.length)))
      .resume();
    await this.#closed;
    return this.#last === LAST_CHUNK;
  }

  destroy() {
    clearInterval(this.#reading);
    this.#socket.destroy();
  }
}

// Its bytes; 0 when it was refused.
async function download(path) {
  const response = await fetch(service.address + path, {
    signal: AbortSignal.timeout(LONGEST_UNTIL_FIRST_MS),
  });
  const body = await response.arrayBuffer();
  assert.ok(response.ok || response.status === 429, `${response.status} from ${path}`);
  return response.ok ? body.byteLength : 0;
}

// Of datasets and results: a download holds them open until its thread is done.
function openFiles() {
  const folder = `/proc/${service.processId}/fd`;
  return readdirSync(folder).filter((descriptor) => /\/blobs\//.test(targetOf(`${folder}/${descriptor}`)))
    .length;
}

// What is closed while it is looked at has none.
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
