// A process of clients that look at a run once a second each, as the page does: over a connection each, asking for changes only.
// They speak HTTP by hand, for what they use is taken from the same cores as what is measured.
// Started with the port and their number; says "ready", is told the run to look at, then "end", and says how many seconds each look took.
import { once } from "node:events";
import { connect as connectTo } from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

const PERIOD_MS = 1_000;
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

await Promise.all(Array.from({ length: clients }, () => connect()));
process.send("ready");

async function connect() {
  const client = { socket: connectTo(port, "127.0.0.1"), tag: "" };
  client.socket.setNoDelay(true).setEncoding("latin1");
  await once(client.socket, "connect");
  await look(client, "/q/health/live");
  pollForEver(client);
}

async function pollForEver(client) {
  await pause(Math.random() * PERIOD_MS);
  while (!isEnded) {
    const started = performance.now();
    if (run) {
      const answer = await look(client, `/api/v1/runs/${run}`);
      latencies.push((performance.now() - started) / 1000);
      const tag = /\r\netag: ([^\r]+)/i.exec(answer);
      client.tag = tag ? `If-None-Match: ${tag[1]}\r\n` : client.tag;
    }
    await pause(PERIOD_MS - (performance.now() - started));
  }
}

// Resolves when the whole answer is there.
function look({ socket, tag }, path) {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${tag}\r\n`);
  return new Promise((resolve) => {
    let answer = "";
    socket.on("data", function take(piece) {
      answer += piece;
      if (isWhole(answer)) {
        socket.off("data", take);
        resolve(answer);
      }
    });
  });
}

function isWhole(answer) {
  const body = answer.indexOf("\r\n\r\n") + 4;
  if (body < 4) {
    return false;
  }
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, body));
  return answer.length >= body + Number(length?.[1] ?? 0);
}
