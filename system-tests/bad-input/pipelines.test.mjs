// Pipelines as JSON, and the scripts in them.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { accepted, assertProblem, section } from './documented.mjs';
import { ask, exchange, json } from './exchange.mjs';
import { pipelineOf, SOURCE } from './sound.mjs';

const KIBIBYTE = 1024;
const MEBIBYTE = 2 ** 20;
const BODY_PATIENCE_MS = 40_000;
const STEP = pipelineOf().steps[0];
const MAIN = STEP.main;

const save = (document) => json('POST', '/api/v1/pipelines', document);
const saveSource = (source) => save(pipelineOf(source));
const check = (document) => json('POST', '/api/v1/scripts/check', document);

// Says how long the body is and sends its beginning: whoever sends on may lose the answer with the connection.
function announce(path, length) {
  return exchange([
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n{`,
  ]);
}

// So many steps with three scripts each, as long as scripts may be.
function large(steps, source, filling) {
  const length = 256 * KIBIBYTE - source.length - 2;
  const script = {
    name: 'main.py',
    source: `${source}#${filling.repeat(Math.floor(length / Buffer.byteLength(filling)))}`,
  };
  return pipelineWith(
    Array.from({ length: steps }, (_, n) => ({ name: `step ${n}`, pre: script, main: script, post: script })),
  );
}

function pipelineWith(steps, changes = {}) {
  return { name: 'bad', steps, ...changes };
}

// Checks that the problem names its place, which is the name of the case up to a blank.
function pointsTo(problem, name) {
  const pointer = name.split(' ')[0];
  assert.ok(
    problem.errors.some((error) => error.pointer === pointer),
    JSON.stringify(problem.errors).slice(0, 400),
  );
}

section('Pipelines', (pipelines) => {
  pipelines.refuses('a body that is empty or null', '400 EMPTY_BODY', save, { empty: '', null: 'null' });
  pipelines.refuses('JSON that is broken, NaN, more after the end', '400 INVALID_JSON', save, {
    'cut off': '{"name": "x"',
    NaN: '{"name": NaN}',
    'two documents': `${JSON.stringify(pipelineOf())} {}`,
    'comma too many': '{"name": "x",}',
  });
  pipelines.refuses('bytes that are no UTF-8', '400 INVALID_ENCODING', save, {
    'Latin-1': latin1('{"name": "Zo\xeb"}'),
  });
  pipelines.refuses('a key twice', '400 DUPLICATE_KEY', save, { name: '{"name": "x", "name": "y"}' });
  pipelines.refuses(
    'a field that is unknown, such as a misspelt one',
    '400 UNKNOWN_FIELD',
    save,
    {
      '/stepz': pipelineWith([STEP], { stepz: [] }),
      '/steps/0/mian': pipelineWith([{ ...STEP, mian: MAIN }]),
      '/steps/0/main/code': pipelineWith([{ ...STEP, main: { ...MAIN, code: '' } }]),
      '/image': pipelineWith([STEP], { image: 'python;rm' }),
    },
    pointsTo,
  );
  pipelines.refuses(
    'a value of another type, which is never converted',
    '400 WRONG_TYPE',
    save,
    {
      '/name number': pipelineWith([STEP], { name: 5 }),
      '/name true': pipelineWith([STEP], { name: true }),
      '/name list': pipelineWith([STEP], { name: [] }),
      '/name object': pipelineWith([STEP], { name: {} }),
      '/steps object': pipelineWith({}),
      '/steps text': pipelineWith('one'),
      '/steps/0 text': pipelineWith(['one']),
      '/steps/0/main text': pipelineWith([{ ...STEP, main: 'main.py' }]),
      '/steps/0/main/source number': pipelineOf(1.5),
      '/steps/0/main list': pipelineWith([{ ...STEP, main: [MAIN, MAIN] }]),
    },
    pointsTo,
  );
  pipelines.refuses(
    'steps missing, none, 1,000, null, of the same name, without main script',
    '422 INVALID_PIPELINE',
    save,
    {
      '/steps missing': { name: 'bad' },
      '/steps none': pipelineWith([]),
      '/steps null': pipelineWith(null),
      '/steps/0 null': pipelineWith([null]),
      '/steps many': pipelineWith(Array.from({ length: 1_000 }, (_, n) => ({ ...STEP, name: `step ${n}` }))),
      '/steps/1/name': pipelineWith([STEP, STEP]),
      '/steps/0/main missing': pipelineWith([{ name: 'one' }]),
      '/steps/0/main null': pipelineWith([{ ...STEP, main: null }]),
      '/steps/0/main/source missing': pipelineWith([{ name: 'one', main: { name: 'main.py' } }]),
    },
    pointsTo,
  );
  pipelines.refuses('two main scripts in one step', '400 DUPLICATE_KEY', save, {
    'two keys': `{"name": "bad", "steps": [{"name": "one", "main": ${JSON.stringify(MAIN)}, "main": ${JSON.stringify(MAIN)}}]}`,
  });
  pipelines.refuses(
    'scripts of more than 17 MiB together, as a sandbox is told them: all but ASCII as six bytes',
    '422 INVALID_PIPELINE',
    save,
    {
      '/steps ASCII': large(23, SOURCE, 'x'),
      '/steps other letters': large(8, SOURCE, 'é'),
    },
    pointsTo,
  );
  pipelines.refuses(
    'a body of more than 18 MiB (34 MiB for a trial), or with more than a million names and values',
    '413 TOO_LARGE',
    ([path, body]) => (typeof body === 'number' ? announce(path, body) : json('POST', path, body)),
    {
      pipeline: ['/api/v1/pipelines', 18 * MEBIBYTE + 1],
      trial: ['/api/v1/try', 34 * MEBIBYTE + 1],
      run: ['/api/v1/runs', 19 * MEBIBYTE],
      retry: ['/api/v1/runs/x/retry', 2 ** 40],
      'values of a record': ['/api/v1/try', `{"records": [{"a": [${'1,'.repeat(1_100_000)}1]}]}`],
      steps: ['/api/v1/pipelines', `{"steps": [${'{},'.repeat(1_000_000)}{}]}`],
    },
  );
  pipelines.answers(
    'hundreds of thousands of steps, or of records of a trial',
    '422, at a small cost: those beyond the bound are read past',
    async ([path, body, code]) => assertProblem(await json('POST', path, body), 422, code),
    {
      steps: [
        '/api/v1/pipelines',
        `{"name": "x", "steps": [${'{},'.repeat(400_000)}{}]}`,
        'INVALID_PIPELINE',
      ],
      records: [
        '/api/v1/try',
        `{"pipeline": ${JSON.stringify(pipelineOf())}, "records": [${'{},'.repeat(400_000)}{}]}`,
        'OUT_OF_RANGE',
      ],
    },
  );
  pipelines.answers(
    'a body that is not complete after 30 s',
    '408 UPLOAD_TOO_SLOW, the connection ends',
    async () => {
      const head =
        'POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
      const { milliseconds, ...answer } = await exchange([head], { patience: BODY_PATIENCE_MS });
      assertProblem({ ...answer, milliseconds: 0 }, 408, 'UPLOAD_TOO_SLOW');
      assert.ok(milliseconds > 25_000 && milliseconds < BODY_PATIENCE_MS, `${milliseconds} ms`);
    },
  );
  pipelines.refuses(
    'a name missing, blank, above 200 characters, with control characters or half a surrogate pair',
    '422 INVALID_PIPELINE',
    save,
    {
      '/name missing': { steps: [STEP] },
      '/name null': pipelineWith([STEP], { name: null }),
      '/name blank': pipelineWith([STEP], { name: ' ' }),
      '/name long': pipelineWith([STEP], { name: 'x'.repeat(10_000) }),
      '/name NUL': pipelineWith([STEP], { name: 'a\0b' }),
      '/name line': pipelineWith([STEP], { name: 'a\r\nb' }),
      '/name half': pipelineWith([STEP], { name: '\ud800' }),
      '/steps/0/name NUL': pipelineWith([{ ...STEP, name: '\0' }]),
      '/steps/0/main/name long': pipelineWith([{ ...STEP, main: { ...MAIN, name: 'x'.repeat(201) } }]),
      '/description long': pipelineWith([STEP], { description: 'x'.repeat(10_001) }),
    },
    pointsTo,
  );
  pipelines.answers(
    'any other name: with /, .., emoji, quotes',
    '201, a label',
    async (name) => {
      const steps = [{ name, main: { name, source: SOURCE } }];
      const saved = await accepted(save({ name, steps }), 201);
      assert.deepEqual([saved.name, saved.steps], [name, steps]);
      assert.equal((await ask('DELETE', `/api/v1/pipelines/${saved.id}`)).status, 204);
    },
    {
      path: '../../etc/passwd',
      emoji: '😀 é',
      SQL: "';drop table run;--",
      markup: '<img src=x onerror=alert(1)>',
      option: '--rm',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the service must not expand it
      format: '%s${x}',
    },
  );
});

section('Scripts', (scripts) => {
  scripts.refuses(
    'a script that is empty, above 256 KB, with NUL, half a surrogate pair or another coding than UTF-8',
    '422 INVALID_PIPELINE',
    saveSource,
    {
      '/steps/0/main/source empty': '',
      '/steps/0/main/source blank': ' \n\t',
      '/steps/0/main/source long': SOURCE + '#'.repeat(256 * KIBIBYTE),
      '/steps/0/main/source NUL': `${SOURCE}#\0`,
      '/steps/0/main/source half': `${SOURCE}#\ud800`,
      '/steps/0/main/source coding': `# -*- coding: latin-1 -*-\n${SOURCE}`,
      '/steps/0/main/source second': `\n# vim: set fileencoding=utf-16 :\n${SOURCE}`,
    },
    pointsTo,
  );
  scripts.refuses(
    'a script that does not parse',
    '422 SCRIPT_SYNTAX',
    saveSource,
    {
      'no colon': 'def transform(record)\n    return record\n',
      indentation: 'def transform(record):\nreturn record\n',
      'Python 2': "print 'x'\n",
      'bad bracket': `${SOURCE}(`,
    },
    ({ detail }) => assert.match(detail, /line/),
  );
  scripts.refuses(
    'a script without transform, or with one that cannot be called with a record',
    '422 SCRIPT_CONTRACT',
    saveSource,
    {
      none: 'x = 1\n',
      'no function': 'transform = 5\n',
      'no parameter': 'def transform():\n    return {}\n',
      'two parameters': 'def transform(a, b):\n    return a\n',
      generator: 'def transform(record):\n    yield record\n',
      'keyword only': 'def transform(*, record):\n    return record\n',
    },
  );
  scripts.answers(
    'async def transform, or what only its import shows',
    '201; it is seen when the run starts',
    async (source) => {
      const { id } = await accepted(saveSource(source), 201);
      assert.equal((await ask('DELETE', `/api/v1/pipelines/${id}`)).status, 204);
    },
    {
      async: 'async def transform(record):\n    return record\n',
      module: `import missing_module\n${SOURCE}`,
      raise: `raise SystemExit\n${SOURCE}`,
    },
  );
  scripts.refuses('a check without source', '422 MISSING_FIELD', check, { none: {}, null: { source: null } });
  scripts.refuses('a check of something else than text', '400 WRONG_TYPE', check, {
    number: { source: 5 },
    list: { source: [] },
  });
  scripts.answers(
    'a check of any of the scripts above',
    '200 with the problems',
    async (source) => {
      const { valid, problems } = await accepted(check({ source }), 200);
      assert.deepEqual([valid, problems.length > 0], [false, true]);
    },
    {
      empty: '',
      syntax: 'def',
      contract: 'x = 1\n',
      NUL: '\0',
      brackets: '('.repeat(100_000),
      long: 'x'.repeat(300 * KIBIBYTE),
    },
  );
});

function latin1(text) {
  return Buffer.from(text, 'latin1');
}
