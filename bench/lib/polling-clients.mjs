// A process of clients that look at a run once a second each, as the page does: over a connection each, asking for changes only.
// They speak HTTP by hand and have had some practice before they count, for what they use is taken from the same cores as what is measured.
// Started with the port and their number; says "ready", is told the run to look at, then "end", and says how many seconds each look took.
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";

const PERIOD_MS = 1_000;
const PRACTICE_LOOKS = 10;
const [port, clients] = process.argv.slice(2).map(Number);
const latencies = [];
let run;
let isEnded = false;

process.on("message", (message) => {
  if (message === "end") {
    isEnded = true;
    process.send(latencies);
    return;
  }
  run = message;
});
process.on("disconnect", () => process.exit());

class PollingClient {
  #socket = connect(port, "127.0.0.1");
  #tag = "";
  #answer = "";
  #started = 0;
  #done;

  async practise() {
    this.#socket.setNoDelay(true).setEncoding("latin1");
    await once(this.#socket, "connect");
    this.#socket.on("data", (piece) => this.#take(piece));
    for (let look = 0; look < PRACTICE_LOOKS; look++) {
      await new Promise((resolve) => this.#look("/q/health/live", resolve));
    }
    setTimeout(() => this.#poll(), Math.random() * PERIOD_MS);
  }

  #poll() {
    if (isEnded) {
      return;
    }
    setTimeout(() => this.#poll(), PERIOD_MS);
    if (run && !this.#done) {
      this.#look(`/api/v1/runs/${run}`, (seconds) => latencies.push(seconds));
    }
  }

  #look(path, done) {
    this.#done = done;
    this.#answer = "";
    this.#started = performance.now();
    this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${this.#tag}\r\n`);
  }

  #take(piece) {
    this.#answer += piece;
    if (!isWhole(this.#answer)) {
      return;
    }
    const tag = /\r\netag: ([^\r]+)/i.exec(this.#answer);
    this.#tag = tag ? `If-None-Match: ${tag[1]}\r\n` : this.#tag;
    const done = this.#done;
    this.#done = undefined;
    done((performance.now() - this.#started) / 1000);
  }
}

function isWhole(answer) {
  const body = answer.indexOf("\r\n\r\n") + 4;
  if (body < 4) {
    return false;
  }
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, body));
  return answer.length >= body + Number(length?.[1] ?? 0);
}

await Promise.all(Array.from({ length: clients }, () => new PollingClient().practise()));
process.send("ready");
