// Names, notes, tags and stars of runs, datasets and pipelines.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { accepted, assertProblem, section } from './documented.mjs';
import { json } from './exchange.mjs';
import { finishedRun, pipelineOf, remove } from './sound.mjs';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const MOST_TAGS_SENT = 300_000;

section('Names, notes and tags', (labels) => {
  let run;
  let pipeline;
  const paths = () => [
    `/api/v1/runs/${run.id}`,
    `/api/v1/datasets/${run.dataset.id}`,
    `/api/v1/pipelines/${pipeline.id}`,
  ];

  before(async () => {
    run = await finishedRun();
    pipeline = await accepted(json('POST', '/api/v1/pipelines', pipelineOf()), 201);
  });
  after(async () => {
    await json('DELETE', `/api/v1/pipelines/${pipeline.id}`);
    await remove(run);
  });

  // Sends the same to all three; the answer of the last.
  async function change(document) {
    let answer;
    for (const path of paths()) {
      answer = await json('PATCH', path, document);
      assert.notEqual(answer.status, 500, path);
    }
    return answer;
  }
  const pointsTo = ({ errors }, name) =>
    assert.deepEqual(
      errors.map(({ pointer }) => pointer),
      [name.split(' ')[0]],
    );

  labels.refuses(
    'a name blank, above 200 characters, with control characters or half a surrogate pair',
    '422 INVALID_LABEL',
    change,
    {
      '/name empty': { name: '' },
      '/name blank': { name: ' ' },
      '/name long': { name: 'x'.repeat(201) },
      '/name NUL': { name: 'a\0b' },
      '/name line': { name: 'a\nb' },
      '/name half': '{"name": "\\ud83d"}',
    },
    pointsTo,
  );
  labels.refuses(
    'a note above 10,000 characters, or with control characters but tabs and line ends',
    '422 INVALID_LABEL',
    change,
    {
      '/note long': { note: 'x'.repeat(10_001) },
      '/note NUL': { note: 'a\0b' },
      '/note bell': { note: '\u0007' },
    },
    pointsTo,
  );
  labels.refuses(
    'more than 20 tags, a tag blank, above 50 characters, with a comma or null',
    '422 INVALID_LABEL',
    change,
    {
      '/tags many': { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) },
      '/tags/0 blank': { tags: [' '] },
      '/tags/1 long': { tags: ['a', 'x'.repeat(51)] },
      '/tags/0 comma': { tags: ['a,b'] },
      '/tags/0 null': { tags: [null] },
    },
    pointsTo,
  );
  labels.answers(
    'hundreds of thousands of tags',
    '422, at a small cost: those beyond the bound are read past',
    async () => {
      const answer = await json('PATCH', paths()[0], {
        tags: Array.from({ length: MOST_TAGS_SENT }, () => 'a'),
      });
      assertProblem(answer, 422, 'INVALID_LABEL');
    },
  );
  labels.answers(
    'a field that is unknown, or a value of another type',
    '400 UNKNOWN_FIELD or WRONG_TYPE',
    async ([document, code]) => assertProblem(await change(document), 400, code),
    {
      unknown: [{ colour: 'red' }, 'UNKNOWN_FIELD'],
      'status of a run': [{ status: 'SUCCEEDED' }, 'UNKNOWN_FIELD'],
      'name number': [{ name: 5 }, 'WRONG_TYPE'],
      'tags text': [{ tags: 'a' }, 'WRONG_TYPE'],
      'starred text': [{ starred: 'true' }, 'WRONG_TYPE'],
      'starred number': [{ starred: 1 }, 'WRONG_TYPE'],
    },
  );
  labels.answers(
    'nothing to change, or null for everything',
    '200, nothing changes',
    async (document) => {
      for (const path of paths()) {
        const { name, tags } = await accepted(json('GET', path), 200);
        const changed = await accepted(json('PATCH', path, document), 200);
        assert.deepEqual([changed.name, changed.tags], [name, tags]);
      }
    },
    { nothing: {}, null: { name: null, note: null, tags: null, starred: null } },
  );
  labels.answers(
    'any other name, note or tag: markup, quotes, emoji, right to left',
    '200, a label',
    async (text) => {
      for (const path of paths()) {
        const changed = await accepted(json('PATCH', path, { name: text, note: text, tags: [text] }), 200);
        assert.deepEqual([changed.name, changed.note, changed.tags], [text, text, [text]]);
        assert.equal((await accepted(json('GET', path), 200)).name, text);
      }
    },
    {
      markup: '<script>alert(1)</script>',
      quotes: `'"; drop table run --`,
      array: '{"a"}\\',
      emoji: '\u{1f600} \u{1f469}\u200d\u{1f4bb}',
      'right to left': '\u05e9\u05dc\u05d5\u05dd',
    },
  );
  labels.refuses(
    'labels of what does not exist',
    '404 NOT_FOUND',
    (path) => json('PATCH', `/api/v1/${path}`, { starred: true }),
    {
      run: `runs/${NOBODY}`,
      dataset: `datasets/${NOBODY}`,
      pipeline: `pipelines/${NOBODY}`,
      'no id': 'runs/1',
    },
  );
});
