// A process of clients that look at a run once a second each, as the page does: over a connection each, asking for changes only.
// Started with the port and their number; says "ready", is told the run to look at, then "end", and says how many seconds each look took.
import { Agent, request } from "node:http";
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
  const client = { agent: new Agent({ keepAlive: true, maxSockets: 1 }), tag: undefined };
  await look(client, "/q/health/live");
  pollForEver(client);
}

async function pollForEver(client) {
  await pause(Math.random() * PERIOD_MS);
  while (!isEnded) {
    const started = performance.now();
    if (run) {
      await look(client, `/api/v1/runs/${run}`);
      latencies.push((performance.now() - started) / 1000);
    }
    await pause(PERIOD_MS - (performance.now() - started));
  }
}

function look(client, path) {
  return new Promise((resolve, reject) => {
    const headers = client.tag ? { "If-None-Match": client.tag } : {};
    const question = request({ host: "127.0.0.1", port, path, agent: client.agent, headers }, (answer) => {
      client.tag = answer.headers.etag;
      answer.resume();
      answer.on("end", resolve);
    });
    question.on("error", reject);
    question.end();
  });
}
