// The form of the seed system, which takes more than the form of this service.
import assert from 'node:assert/strict';
import { accepted, section } from './documented.mjs';
import { ask } from './exchange.mjs';
import { BOUNDARY, DATASET, part, UNFINISHED } from './form-parts.mjs';
import { end, remove, SOURCE } from './sound.mjs';

const SCRIPT = part('main_0', SOURCE, 'chosen.py');
const NOT_CHOSEN = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="pre_0"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n`;

function seedForm(parts, query = '') {
  const body = `${parts.join('')}--${BOUNDARY}--\r\n`;
  return ask('POST', `/submit_pipeline${query}`, {
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body,
  });
}

function definition(changes = {}, step = {}) {
  return part(
    'pipeline_definition_json',
    JSON.stringify({
      pipeline_name: 'seed',
      steps: [{ name: 'one', main_script: 'main.py', ...step }],
      ...changes,
    }),
    'definition.json',
  );
}

async function runsAsSubmitted([parts, query]) {
  const { request_id: id } = await accepted(seedForm(parts, query), 200);
  const run = await end(id);
  assert.equal(run.status, 'SUCCEEDED');
  const { results } = await accepted(ask('GET', `/get_result/${id}${query ?? ''}`), 200);
  assert.deepEqual(results, [{ raw: { a: 1 }, main_one: { a: 1 } }]);
  await remove(run);
}

section('The form of the seed system', (seed) => {
  seed.answers(
    'parts, JSON members and query parameters that the seed system did not know',
    '200, ignored',
    runsAsSubmitted,
    {
      parts: [
        [
          definition(),
          SCRIPT,
          DATASET,
          part('owner', 'x'),
          part('owner', 'y'),
          part('notes', 'text', 'notes.txt'),
          part('main_7', SOURCE, 'unused.py'),
          part('../main', 'x'),
        ],
      ],
      members: [
        [
          definition(
            { owner: { a: [1] }, version: 2 },
            { row: 1, main_script: {}, pre_script: null, post_script: '' },
          ),
          SCRIPT,
          DATASET,
        ],
      ],
      'query parameters': [[definition(), SCRIPT, DATASET], '?debug=true&debug=1'],
      'a pipeline beside the definition': [
        [part('pipeline', 'no JSON at all', 'p.json'), definition(), SCRIPT, DATASET],
      ],
    },
  );
  seed.answers(
    'empty parts for scripts, a batch size or a definition that were not chosen',
    '200, as without them',
    runsAsSubmitted,
    {
      scripts: [
        [
          definition(),
          SCRIPT,
          NOT_CHOSEN,
          NOT_CHOSEN.replace('pre_0', 'post_0'),
          NOT_CHOSEN.replace('pre_0', 'main_1'),
          DATASET,
        ],
      ],
      'batch size': [[definition(), SCRIPT, DATASET, part('batch_size', '')]],
      definition: [
        [part('pipeline', UNFINISHED, 'p.json'), part('pipeline_definition_json', ''), SCRIPT, DATASET],
      ],
    },
  );
  seed.refuses('a part that is missing', '400 MISSING_PART', seedForm, {
    dataset: [definition(), SCRIPT],
    definition: [SCRIPT, DATASET],
    script: [definition(), DATASET],
    'a script that a step names': [definition({}, { pre_script: 'pre.py' }), SCRIPT, DATASET],
  });
  seed.refuses('a definition that is no JSON', '400 INVALID_JSON', seedForm, {
    text: [part('pipeline_definition_json', 'steps: []'), SCRIPT, DATASET],
  });
  seed.refuses('a definition with a value of another type', '400 WRONG_TYPE', seedForm, {
    steps: [definition({ steps: 'one' }), SCRIPT, DATASET],
    name: [definition({}, { name: 5 }), SCRIPT, DATASET],
    script: [definition({}, { main_script: 5 }), SCRIPT, DATASET],
  });
  seed.refuses(
    'a definition without steps, or with a step without a name',
    '422 INVALID_PIPELINE',
    seedForm,
    {
      'no steps': [definition({ steps: [] }), DATASET],
      'no name': [definition({}, { name: null }), SCRIPT, DATASET],
    },
  );
  seed.refuses('a batch_size that is no whole number', '400 WRONG_TYPE', seedForm, {
    text: [definition(), SCRIPT, DATASET, part('batch_size', 'ten')],
  });
});
