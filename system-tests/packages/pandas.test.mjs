// A heavy package from its declaration to results: pandas from an index of this machine, in runs of a service.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { PackageIndex } from '../harness/package-index.mjs';
import { pandasWheels } from '../harness/pandas-wheels.mjs';
import { serviceOfFile } from '../harness/service-of-file.mjs';

const SLOTS = 2;
const BATCH_SIZE = 5;
const LONGEST_BUILD_MS = 300_000;

const index = new PackageIndex();
await index.start();
const service = serviceOfFile({
  DATAPIPELINE_DISPATCH_SLOTS: String(SLOTS),
  DATAPIPELINE_ENVIRONMENT_DEFAULT_INDEX: 'false',
  ...index.settings('local'),
});

before(() => {
  for (const wheel of pandasWheels()) {
    index.project(wheel.project, wheel);
  }
});

after(() => index.stop());

describe('pandas', () => {
  test('is resolved with what it needs, and built', async () => {
    const run = await runOf('totals', [{ rows: [] }]);

    assert.equal(run.status, 'SUCCEEDED', run.statusReason);
    const environment = await service.client.get(`/api/v1/environments/${run.environment.id}`);
    const names = environment.packages.map(({ name }) => name);
    assert.ok(
      ['numpy', 'pandas', 'python-dateutil', 'six'].every((name) => names.includes(name)),
      `${names}`,
    );
    assert.deepEqual(environment.packages.find(({ name }) => name === 'numpy').requiredBy, ['pandas']);
    assert.deepEqual(environment.warnings, []);
  });

  test('gives the right values, is there at once and imported once in each sandbox', async () => {
    const records = Array.from({ length: 8 * BATCH_SIZE }, (_, n) => ({ rows: rowsOf(n) }));
    const run = await runOf('totals', records);

    assert.equal(run.status, 'SUCCEEDED', run.statusReason);
    assert.equal(run.environment.cached, true);
    const results = await service.client.values(run.id);
    assert.deepEqual(
      results.map(({ totals, mean }) => ({ totals, mean })),
      records.map(({ rows }) => expectedOf(rows)),
    );
    const imports = new Set(results.map(({ imported }) => imported));
    assert.ok(imports.size <= SLOTS, `${imports.size} imports in ${run.batches.total} batches`);
  });

  test('is imported once, too, where a script imports it within transform', async () => {
    const run = await runOf(
      'late_import',
      Array.from({ length: 4 * BATCH_SIZE }, (_, n) => ({ n })),
      {
        maxParallelBatches: 1,
      },
    );

    assert.equal(run.status, 'SUCCEEDED', run.statusReason);
    const results = await service.client.values(run.id);
    assert.deepEqual(
      results.map(({ sum }) => sum),
      results.map(({ n }) => 2 * n),
    );
    const laterBatches = results.slice(BATCH_SIZE);
    assert.ok(laterBatches.every(({ isThere }) => isThere));
  });

  test('makes values that JSON cannot hold, of which the answer says what they are and what helps', async () => {
    const kinds = {
      float64: 1.5,
      int64: /is of type int64, which JSON cannot hold: `\.item\(\)` makes a number or text of it/,
      bool: /is of type bool_?, which JSON cannot hold: `\.item\(\)`/,
      timestamp: /is of type Timestamp, which JSON cannot hold: `\.isoformat\(\)` makes text of it/,
      missing: /is nan, which JSON cannot hold: None can stand for it/,
      missingTime: /is of type NaTType, which JSON cannot hold/,
      array: /is of type ndarray, which JSON cannot hold: `\.tolist\(\)` makes a list of it/,
      series: /is of type Series, which JSON cannot hold: `\.to_dict\(\)` makes a dict of it/,
      frame: /is of type DataFrame, which JSON cannot hold: `\.to_dict\(\)` makes a dict of it/,
    };
    const run = await runOf(
      'kinds',
      Object.keys(kinds).map((kind) => ({ kind })),
    );
    const records = await service.client.records(run.id);

    for (const [number, [kind, expected]] of Object.entries(kinds).entries()) {
      const { status, error, stages } = records[number];
      if (expected instanceof RegExp) {
        assert.deepEqual([status, error?.type], ['FAILED', 'RESULT_NOT_JSON'], kind);
        assert.match(error.message, expected, kind);
      } else {
        assert.equal(status, 'SUCCEEDED', error?.message);
        assert.equal(stages.at(-1).value.value, expected);
      }
    }
  });
});

async function runOf(script, records, options = {}) {
  const { id: datasetId } = await service.client.uploadDataset(JSON.stringify(records));
  const source = readFileSync(new URL(`${script}.py`, import.meta.url), 'utf8');
  const { id } = await service.client.submitRun({
    datasetId,
    pipeline: { name: script, steps: [{ name: 'only', main: { name: `${script}.py`, source } }] },
    environment: { packages: ['pandas'] },
    batchSize: BATCH_SIZE,
    ...options,
  });
  return service.client.waitUntilFinal(id, { longestMs: LONGEST_BUILD_MS });
}

function rowsOf(n) {
  return [
    { country: 'A', amount: n },
    { country: 'B', amount: n + 0.5 },
    { country: 'A', amount: 2 },
  ];
}

function expectedOf([first, second, third]) {
  return {
    totals: { A: first.amount + third.amount, B: second.amount },
    mean: (first.amount + second.amount + third.amount) / 3,
  };
}
