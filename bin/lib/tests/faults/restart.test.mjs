// A service that ends in the middle of a run, by force or as asked: the next start goes on, nothing is lost and nothing doubled.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fetchJson, waitUntilFinal } from "../../example-run.mjs";
import { ServiceProcess } from "../service-process.mjs";

const RECORDS = 300;
const BATCH_SIZE = 5;
const LONGEST_REST_MS = 35_000;
// What a Java process says that has stopped in order after SIGTERM.
const ENDED_AS_ASKED = 128 + 15;
const source = "import time\ndef transform(record):\n    time.sleep(0.02)\n    return {**record, 'double': record['n'] * 2}\n";
const records = Array.from({ length: RECORDS }, (_, n) => ({ n }));
const expected = records.map(({ n }) => ({ n, double: n * 2 }));

const folder = mkdtempSync(join(tmpdir(), "datapipeline-faults-"));
const service = new ServiceProcess(join(folder, "data"));
let foreignContainer;

before(() => {
  const label = `dev.datapipeline.installation=${randomUUID()}`;
  foreignContainer = docker("create", "--label", label, env.DATAPIPELINE_SANDBOX_BASE_IMAGE, "true")[0];
});

afterEach(async () => {
  if (service.isRunning) {
    await service.end("SIGTERM");
  }
});

after(() => {
  docker("rm", "--force", foreignContainer);
  rmSync(folder, { recursive: true, force: true });
});

describe("a service that is killed in the middle of a run", () => {
  for (const finished of [0, 20]) {
    test(`goes on after ${finished} batches`, async () => {
      await service.start();
      const id = await submit();
      const before = await batchesAfter(id, finished);
      const deadContainers = containers();

      await service.end("SIGKILL");
      await service.start();

      const started = Date.now();
      await waitUntil(async () => (await finishedBatches(id)).length > before.length, "another batch");
      assert.ok(Date.now() - started < LONGEST_REST_MS);
      await assertWhole(id, before);
      assert.deepEqual(containers().filter((container) => deadContainers.includes(container)), []);
      assert.deepEqual(docker("ps", "--all", "--quiet", "--no-trunc", "--filter", `id=${foreignContainer}`), [foreignContainer]);
    });
  }

  test("still has the results of the runs before", async () => {
    await service.start();
    const id = await submit();
    const run = await waitUntilFinal(service.address, id);

    await service.end("SIGKILL");
    await service.start();

    assert.deepEqual(await fetchJson(`${service.address}/api/v1/runs/${id}`), run);
    await assertWhole(id, []);
  });
});

describe("a service that is asked to stop in the middle of a run", () => {
  test("stops cleanly and goes on at the next start", async () => {
    await service.start();
    const id = await submit();
    const before = await batchesAfter(id, 5);

    assert.equal(await service.end("SIGTERM"), ENDED_AS_ASKED);
    assert.deepEqual(containers(), []);
    await service.start();

    await assertWhole(id, before);
  });
});

async function submit() {
  const dataset = await post("/api/v1/datasets?name=faults", records);
  const pipeline = { name: "faults", steps: [{ name: "double", main: { name: "double.py", source } }] };
  return (await post("/api/v1/runs", { datasetId: dataset.id, pipeline, batchSize: BATCH_SIZE })).id;
}

async function post(path, json) {
  const options = { method: "POST", body: JSON.stringify(json), headers: { "Content-Type": "application/json" } };
  const response = await fetch(service.address + path, options);
  assert.ok(response.ok, `${response.status} from ${path}`);
  return response.json();
}

// The finished batches, once there are at least so many and the run is at work.
async function batchesAfter(id, count) {
  await waitUntil(async () => {
    const run = await fetchJson(`${service.address}/api/v1/runs/${id}`);
    return run.status === "RUNNING" && run.batches.succeeded >= count;
  }, `${count} batches`);
  const batches = await finishedBatches(id);
  assert.ok(batches.length < RECORDS / BATCH_SIZE, "the run is over already, there is nothing to prove");
  return batches;
}

async function finishedBatches(id) {
  const { items } = await fetchJson(`${service.address}/api/v1/runs/${id}/batches?limit=1000`);
  return items.filter((batch) => batch.status === "SUCCEEDED");
}

// Every record once and in order; batches that had finished before were not run again.
async function assertWhole(id, before) {
  const run = await waitUntilFinal(service.address, id);
  assert.equal(run.status, "SUCCEEDED");
  assert.equal(run.records.succeeded, RECORDS);
  assert.deepEqual(await fetchJson(`${service.address}/api/v1/runs/${id}/results?format=json&view=final`), expected);
  const after = await finishedBatches(id);
  for (const batch of before) {
    assert.deepEqual(after[batch.number], batch);
  }
  assert.deepEqual(readdirSync(join(folder, "data/drafts")), []);
}

async function waitUntil(condition, what) {
  const deadline = Date.now() + LONGEST_REST_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `${what} within ${LONGEST_REST_MS / 1000} s`);
    await pause(50);
  }
}

function containers() {
  const label = `label=dev.datapipeline.installation=${service.installation}`;
  return docker("ps", "--all", "--quiet", "--no-trunc", "--filter", label);
}

function docker(...command) {
  return execFileSync("docker", command, { encoding: "utf8" }).split("\n").filter(Boolean);
}
