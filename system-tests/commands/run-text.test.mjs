import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moneyLines, progressLine, recordLines, summaryLines } from '../../bin/lib/run-text.mjs';

const run = {
  name: 'capitals',
  status: 'PARTIAL',
  records: { total: 1200, succeeded: 1100, failed: 50, skipped: 0, cancelled: 0, pending: 50 },
  batches: { total: 12 },
};

test('progress counts every record that is not pending', () => {
  assert.match(progressLine(run), /^capitals {2}▓+░+ 95 % {2}1,150 of 1,200 records$/);
});

test('progress of a run without records is full', () => {
  const empty = { ...run, records: { ...run.records, total: 0, pending: 0 } };

  assert.match(progressLine(empty), /▓{32} 100 %/);
});

test('a summary adds up to the total and leaves out what is nought', () => {
  assert.equal(
    summaryLines(run)[0],
    'PARTIAL  1,100 succeeded + 50 failed + 50 pending = 1,200 records, in 12 batches',
  );
});

test('a run without model calls says nothing of money', () => {
  assert.deepEqual(moneyLines(run), []);
  assert.deepEqual(moneyLines({ ...run, llm: null }), []);
});

test('a run with model calls says what they cost, and of how much', () => {
  const llm = { calls: 1200, spent: '0.0212', budget: '0.03' };

  assert.deepEqual(moneyLines({ ...run, llm }), ['1,200 model calls cost $0.0212 of $0.03']);
  assert.deepEqual(moneyLines({ ...run, llm: { ...llm, budget: null } }), ['1,200 model calls cost $0.0212']);
});

test('a record shows what each stage changed', () => {
  const lines = recordLines({
    index: 0,
    status: 'SUCCEEDED',
    raw: { id: 1, text: 'a', old: true },
    stages: [
      { step: 'one', stage: 'pre', value: { id: 1, text: 'a', old: true, extra: null } },
      { step: 'one', stage: 'main', value: { id: 1, text: 'A' } },
      { step: 'one', stage: 'post', value: { id: 1, text: 'A' } },
    ],
  });

  assert.deepEqual(lines, [
    'record 0  SUCCEEDED  {"id":1,"text":"a","old":true}',
    '    pre   + extra null',
    '    main  ~ text "A"  - old  - extra',
    '    post  nothing changed',
  ]);
});

test('a failed record shows where and why', () => {
  const error = {
    step: 'one',
    stage: 'main',
    type: 'KeyError',
    message: "'capital'",
    script: 'check.py',
    line: 7,
  };

  const lines = recordLines({ index: 3, status: 'FAILED', raw: {}, stages: [], error });

  assert.equal(lines[1], "    main  KeyError: 'capital' (check.py, line 7)");
});
