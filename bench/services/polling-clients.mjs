// A process of clients that look at a run once a second each, as the page does: over a connection each, asking for changes only.
// They speak HTTP by hand and practise before they count, for what they use is taken from the same cores as what is measured.
// Started with the port and their number. Says "ready" once all are connected, and again when told to practise, once they have. Told the id
// of a run they look at it; told "end" they stop and say how many seconds each look took.
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';

const PERIOD_MS = 1_000;
const PRACTICE_LOOKS = 10;
// What one client was sent last: taken out before the next one is served.
const PIECE = Buffer.allocUnsafe(64 * 1024);
const [port, number] = process.argv.slice(2).map(Number);

class PollingClient {
  #socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: PIECE, callback: (length) => this.#take(length) },
  });
  #tag = '';
  #answer = '';
  #started = 0;
  #done;
  #timer;

  async connect() {
    await once(this.#socket, 'connect');
  }

  async practise() {
    for (let look = 0; look < PRACTICE_LOOKS; look++) {
      await new Promise((resolve) => this.#look('/q/health/live', resolve));
    }
  }

  // Calls `looked` with the seconds of every look.
  watch(run, looked) {
    this.#tag = '';
    this.#timer = setTimeout(() => this.#poll(`/api/v1/runs/${run}`, looked), Math.random() * PERIOD_MS);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #poll(path, looked) {
    this.#timer = setTimeout(() => this.#poll(path, looked), PERIOD_MS);
    if (!this.#done) {
      this.#look(path, looked);
    }
  }

  #look(path, done) {
    this.#done = done;
    this.#answer = '';
    this.#started = performance.now();
    this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${this.#tag}\r\n`);
  }

  // Returns that more may come.
  #take(length) {
    this.#answer += PIECE.latin1Slice(0, length);
    if (isWhole(this.#answer)) {
      const tag = /\r\netag: ([^\r]+)/i.exec(this.#answer);
      this.#tag = tag ? `If-None-Match: ${tag[1]}\r\n` : this.#tag;
      const done = this.#done;
      this.#done = undefined;
      done((performance.now() - this.#started) / 1000);
    }
    return true;
  }
}

function isWhole(answer) {
  const body = answer.indexOf('\r\n\r\n') + 4;
  if (body < 4) {
    return false;
  }
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, body));
  return answer.length >= body + Number(length?.[1] ?? 0);
}

async function all(action) {
  await Promise.all(clients.map(action));
  process.send('ready');
}

function watch(run) {
  const latencies = [];
  for (const client of clients) {
    client.watch(run, (seconds) => latencies.push(seconds));
  }
  return latencies;
}

function stop() {
  for (const client of clients) {
    client.stop();
  }
  process.send(latencies);
}

const clients = Array.from({ length: number }, () => new PollingClient());
let latencies = [];
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message === 'practise') {
    all((client) => client.practise());
  } else if (message === 'end') {
    stop();
  } else {
    latencies = watch(message);
  }
});
await all((client) => client.connect());
