// Requests that a run or dataset does not allow in its state, and those that are sent twice.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accepted, assertProblem, section } from './documented.mjs';
import { ask } from './exchange.mjs';
import { end, pipelineOf, remove, SOURCE, submit, upload } from './sound.mjs';

const SLOW = `import time
def transform(record):
    time.sleep(30)
    return record
`;

const act = (run, action) =>
  ask('POST', `/api/v1/runs/${run.id}/${action}`, { headers: { 'Content-Type': 'application/json' } });

async function withRun(source, check) {
  const run = await submit((await upload()).id, source);
  try {
    await check(run);
  } finally {
    await act(run, 'cancel');
    await remove(run);
  }
}

// Calls check with a run that goes on for long.
const whileOpen = (check) => () => withRun(SLOW, check);

// Calls check with a run that has succeeded.
const whenOver = (check) => () =>
  withRun(SOURCE, async (run) => {
    assert.equal((await end(run.id)).status, 'SUCCEEDED');
    await check(run);
  });

const conflict = (answer) => assertProblem(answer, 409, 'CONFLICT');

section('States', (states) => {
  states.answers(
    'cancel of a run that is over',
    '409 CONFLICT with its state',
    whenOver(async (run) => assert.match(conflict(await act(run, 'cancel')).detail, /SUCCEEDED/)),
  );
  states.answers(
    'cancel of a run that was cancelled',
    '200, it stays so',
    whileOpen(async (run) => {
      await accepted(act(run, 'cancel'), 200);
      assert.equal((await accepted(act(run, 'cancel'), 200)).status, 'CANCELLED');
    }),
  );
  states.answers(
    'retry of an open run',
    '409 CONFLICT with its state',
    whileOpen(async (run) => assert.match(conflict(await act(run, 'retry')).detail, /RUNNING|QUEUED/)),
  );
  states.answers(
    'retry of a run in which nothing failed',
    '409 CONFLICT',
    whenOver(async (run) => conflict(await act(run, 'retry'))),
  );
  states.answers(
    'delete of an open run',
    '409 CONFLICT with its state',
    whileOpen(async (run) =>
      assert.match(conflict(await ask('DELETE', `/api/v1/runs/${run.id}`)).detail, /RUNNING|QUEUED/),
    ),
  );
  states.answers(
    'delete of a dataset that a run uses',
    '409 CONFLICT',
    whenOver(async (run) => conflict(await ask('DELETE', `/api/v1/datasets/${run.dataset.id}`))),
  );
  states.answers(
    'results of a run that goes on',
    '200, the records that are finished',
    whileOpen(async (run) =>
      assert.deepEqual(await accepted(ask('GET', `/api/v1/runs/${run.id}/results`), 200), []),
    ),
  );
  states.answers(
    'results at /get_result before there are any',
    '404 NOT_FOUND',
    whileOpen(async (run) => assertProblem(await ask('GET', `/get_result/${run.id}`), 404, 'NOT_FOUND')),
  );
  states.answers('the same run twice with one Idempotency-Key', '202, the same run', () =>
    twice(async (submitted, again) => assert.equal((await accepted(again({}), 202)).id, submitted.id)),
  );
  states.answers('another run with that Idempotency-Key', '422 IDEMPOTENCY_KEY_REUSED', () =>
    twice(async (_, again) => assertProblem(await again({ batchSize: 7 }), 422, 'IDEMPOTENCY_KEY_REUSED')),
  );
});

// Calls check with a run and with what submits it again, changed.
async function twice(check) {
  const { id: datasetId } = await upload();
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  const again = (changes) =>
    ask('POST', '/api/v1/runs', {
      headers,
      body: JSON.stringify({ datasetId, pipeline: pipelineOf(), ...changes }),
    });
  const run = await accepted(again({}), 202);
  await check(run, again);
  await remove(run);
}
