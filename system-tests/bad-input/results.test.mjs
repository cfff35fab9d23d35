// What scripts return, what only their import shows, and records at the limits of Python.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { section } from './documented.mjs';
import { ask } from './exchange.mjs';
import { end, remove, SOURCE, submit, upload } from './sound.mjs';

const AGREEMENT = new URL('python_agreement.py', import.meta.url).pathname;
const RETURNS = {
  None: 'None',
  list: '[record]',
  text: "'text'",
  number: '5',
  generator: '(x for x in [])',
  set: "{'a': {1}}",
  bytes: "{'a': b'x'}",
  datetime: "{'a': datetime.datetime.now()}",
  Decimal: "{'a': decimal.Decimal('1.10')}",
  NaN: "{'a': float('nan')}",
  infinity: "{'a': [float('-inf')]}",
  cycle: 'cycle()',
  'key 1': '{1: 2}',
  'key None': "{'a': {None: 1}}",
  'tuple as key': '{(1, 2): 3}',
  deep: 'deep()',
  'long integer': "{'a': 10 ** 4300}",
  object: "{'a': object()}",
  class: "{'a': dict}",
  'too large': "{'a': 'x' * 17_000_000}",
  changed: 'record.update(more=1) or record',
  tuple: "{'a': (1, 2)}",
};
const RETURNING = `import datetime, decimal
def cycle():
    value = {}
    value["a"] = value
    return value
def deep():
    value = {}
    for _ in range(100_000):
        value = {"a": value}
    return value
def transform(record):
    return eval(record["returns"])
`;

let run;
let records;

function recordOf(name) {
  return records[Object.keys(RETURNS).indexOf(name)];
}

function failsWith(type, text) {
  return (name) => {
    const { status, error, raw } = recordOf(name);
    assert.deepEqual([status, error?.type, raw], ['FAILED', type, { returns: RETURNS[name] }]);
    assert.ok(error.message.includes(text), error.message);
  };
}

function byName(...names) {
  return Object.fromEntries(names.map((name) => [name, name]));
}

section('What scripts return', (results) => {
  before(async () => {
    const dataset = await upload(JSON.stringify(Object.values(RETURNS).map((returns) => ({ returns }))));
    run = await submit(dataset.id, RETURNING);
    assert.equal((await end(run.id)).status, 'PARTIAL');
    records = JSON.parse((await ask('GET', `/api/v1/runs/${run.id}/records`)).text).items;
  });
  after(() => remove(run));

  results.answers(
    'None, a list, or anything that is no dict',
    'record FAILED, RESULT_NOT_JSON, with the type',
    failsWith('RESULT_NOT_JSON', 'must return a dict, not'),
    byName('None', 'list', 'text', 'number', 'generator'),
  );
  results.answers(
    'a set, bytes, datetime, Decimal or object in it',
    'record FAILED, RESULT_NOT_JSON, with place and type',
    failsWith('RESULT_NOT_JSON', '$.a is of type'),
    byName('set', 'bytes', 'datetime', 'Decimal', 'object', 'class'),
  );
  results.answers(
    'NaN or an infinity in it',
    'record FAILED, RESULT_NOT_JSON, with place and value',
    failsWith('RESULT_NOT_JSON', 'which JSON cannot hold'),
    byName('NaN', 'infinity'),
  );
  results.answers(
    'keys that are no text',
    'record FAILED, RESULT_NOT_JSON, with the type of the key',
    failsWith('RESULT_NOT_JSON', 'not str'),
    byName('key 1', 'key None', 'tuple as key'),
  );
  results.answers(
    'a value that contains itself, or is deeper than 500 levels',
    'record FAILED, RESULT_NOT_JSON',
    failsWith('RESULT_NOT_JSON', ''),
    byName('cycle', 'deep'),
  );
  results.answers(
    'an integer of more than 4,300 digits',
    'record FAILED, RESULT_NOT_JSON',
    failsWith('RESULT_NOT_JSON', '4300 digits'),
    byName('long integer'),
  );
  results.answers(
    'a value of more than 16 MB',
    'record FAILED, RESULT_TOO_LARGE',
    failsWith('RESULT_TOO_LARGE', 'limit'),
    byName('too large'),
  );
  results.answers('the record itself, changed', 'the value; the raw record stays as it was', () => {
    const { raw, stages } = recordOf('changed');
    assert.deepEqual(
      [raw, stages[0].value],
      [{ returns: RETURNS.changed }, { returns: RETURNS.changed, more: 1 }],
    );
  });
  results.answers('a tuple in it', "a list, as in Python's json", () =>
    assert.deepEqual(recordOf('tuple').stages[0].value, { a: [1, 2] }),
  );
  results.answers(
    'a script that fails when it is loaded: a missing module, raise, SystemExit, os._exit',
    'run FAILED with the reason, no record is run',
    refusedAtStart,
    {
      'missing module': ['import missing_module\n', 'missing_module'],
      raise: ["raise ValueError('at import')\n", 'at import'],
      exit: ['raise SystemExit(0)\n', 'SystemExit'],
      'os._exit': ['import os\nos._exit(0)\n', ''],
    },
  );
});

async function refusedAtStart([before, reason]) {
  const refused = await submit((await upload()).id, before + SOURCE);
  const { status, statusReason, records: counts } = await end(refused.id);
  assert.deepEqual([status, counts.succeeded], ['FAILED', 0]);
  assert.ok(statusReason?.includes(reason) && statusReason.length > 0, statusReason);
  await remove(refused);
}

section('Records and Python', (numbers) => {
  numbers.answers(
    'every escape, surrogate, depth and number that JSON allows, passed through a script',
    'raw byte for byte, value as Python reads it',
    agreement,
  );
  numbers.answers(
    'an integer of more than 4,300 digits in a record',
    'record FAILED, NUMBER_TOO_LONG',
    failing('NUMBER_TOO_LONG'),
    { positive: '9'.repeat(4301), negative: `-${'9'.repeat(10_000)}` },
  );
  numbers.answers(
    'a number beyond a double, such as 1e400',
    'record FAILED, NUMBER_OUT_OF_RANGE',
    failing('NUMBER_OUT_OF_RANGE'),
    { positive: '1e400', negative: '-1E+400', long: `${'9'.repeat(400)}.0` },
  );
  numbers.answers(
    'a number closer to zero than a double, such as 1e-400',
    'record FAILED, NUMBER_OUT_OF_RANGE',
    failing('NUMBER_OUT_OF_RANGE'),
    { positive: '1e-400', negative: '-1E-400', long: `0.${'0'.repeat(400)}1` },
  );
});

async function agreement() {
  const folder = mkdtempSync(join(tmpdir(), 'python-agreement-'));
  try {
    const sent = execFileSync('python3', [AGREEMENT, 'records'], { maxBuffer: 2 ** 28 });
    const dataset = JSON.parse(
      (
        await ask('POST', '/api/v1/datasets', {
          headers: { 'Content-Type': 'application/x-ndjson' },
          body: sent,
        })
      ).text,
    );
    const passed = await submit(dataset.id);
    await end(passed.id);
    const returned = await fetch(
      `${process.env.SERVICE_ADDRESS}/api/v1/runs/${passed.id}/results?format=ndjson&view=states`,
    );
    writeFileSync(join(folder, 'sent'), sent);
    writeFileSync(join(folder, 'returned'), Buffer.from(await returned.arrayBuffer()));
    const failures = execFileSync(
      'python3',
      [AGREEMENT, 'compare', join(folder, 'sent'), join(folder, 'returned')],
      { encoding: 'utf8' },
    );
    assert.ok(
      Number(failures) > 0 && Number(failures) < dataset.records / 2,
      `${failures} of ${dataset.records} fail`,
    );
    await remove(passed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function failing(type) {
  return async (number) => {
    const passed = await submit((await upload(`[{"a": ${number}}, {"a": 1}]`)).id);
    await end(passed.id);
    const { items } = JSON.parse((await ask('GET', `/api/v1/runs/${passed.id}/records`)).text);
    assert.deepEqual(
      items.map(({ status, error }) => [status, error?.type]),
      [
        ['FAILED', type],
        ['SUCCEEDED', undefined],
      ],
    );
    await remove(passed);
  };
}
