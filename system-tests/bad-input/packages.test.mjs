// Packages that are declared, and what is asked about environments. Needs no index: what cannot be is refused before one is asked.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { accepted, assertProblem, section } from './documented.mjs';
import { ask, json } from './exchange.mjs';
import { BOUNDARY, DATASET, PIPELINE, part } from './form-parts.mjs';
import { pipelineOf, remove, SOURCE, submit, upload } from './sound.mjs';

const NOBODY = '00000000-0000-4000-8000-000000000000';

const FOREIGN = [
  '-e .',
  '--index-url http://127.0.0.1/simple',
  '-r other.txt',
  'git+https://127.0.0.1/pandas',
  'pandas @ https://127.0.0.1/pandas.whl',
  './pandas-2.0-py3-none-any.whl',
  '/etc/passwd',
  'C:\\pandas.whl',
  'file:///etc/passwd',
  'pandas>=2\nhttpx',
  'pandas>=2\r--index-url http://127.0.0.1/simple',
  'pandas --hash=sha256:00',
  'pandas=2',
  'pandas>=',
  'pandas>=2,,<3',
  'pandas; python_version',
  'pandas; os.system("x")',
  '[pandas]',
  'pän-das',
  'pandas\u0000',
  '../pandas',
  '$HOME',
  ' ',
  '',
];

const BLOCKS = {
  'not TOML': '# /// script\n# dependencies = [\n# ///\n',
  'two blocks': '# /// script\n# dependencies = []\n# ///\n\n# /// script\n# dependencies = []\n# ///\n',
  'an address': '# /// script\n# dependencies = ["pandas @ https://127.0.0.1/pandas.whl"]\n# ///\n',
  'an index':
    '# /// script\n# dependencies = ["pandas"]\n# [tool.uv]\n# index-url = "http://127.0.0.1/"\n# ///\n',
  'dependencies as text': '# /// script\n# dependencies = "pandas"\n# ///\n',
  'a version of Python that is none': '# /// script\n# requires-python = "new"\n# ///\n',
};

const WITH_MEMORY = { environment: { memoryMegabytes: 100_000 } };
const WITH_IMAGE = { environment: { image: 'none' } };

let dataset;

const request = (packages) => json('POST', '/api/v1/environments', { packages });
const raw = (body) => json('POST', '/api/v1/environments', body);
const run = (environment) =>
  json('POST', '/api/v1/runs', { datasetId: dataset, pipeline: pipelineOf(), environment });
const withBlock = (block) => json('POST', '/api/v1/pipelines', pipelineOf(`${block}${SOURCE}`));

// Everything that takes packages, with one that cannot be.
const PLACES = {
  'a saved pipeline': () => json('POST', '/api/v1/pipelines', pipelineOf(SOURCE, environment('-e .'))),
  'a pipeline of a run': () =>
    json('POST', '/api/v1/runs', { datasetId: dataset, pipeline: pipelineOf(SOURCE, environment('-e .')) }),
  'a run': () => run({ packages: ['-e .'] }),
  'a trial': () =>
    json('POST', '/api/v1/try', { pipeline: pipelineOf(), records: [{}], ...environment('-e .') }),
  'a pipeline of a trial': () =>
    json('POST', '/api/v1/try', { pipeline: pipelineOf(SOURCE, environment('-e .')), records: [{}] }),
  'a form': () => form('/api/v1/runs', 'packages', 'pandas>=2\n-e .\n'),
  'a form of the older system': () => form('/submit_pipeline', 'packages', '-e .'),
};

function environment(requirement) {
  return { environment: { packages: [requirement] } };
}

function form(path, name, value) {
  const body = `${PIPELINE}${DATASET}${part(name, value)}--${BOUNDARY}--\r\n`;
  return ask('POST', path, {
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body,
  });
}

function named(values) {
  return Object.fromEntries(values.map((value) => [JSON.stringify(value).slice(0, 60), [value]]));
}

section('Packages', (packages) => {
  before(async () => (dataset = (await upload()).id));
  after(async () => assert.equal((await ask('DELETE', `/api/v1/datasets/${dataset}`)).status, 204));

  packages.refuses(
    'options of pip, addresses, paths, files, line breaks, or what is no requirement',
    '400 PACKAGES_INVALID',
    request,
    named(FOREIGN),
    ({ errors }) => assert.equal(errors[0].pointer, '/packages/0'),
  );
  packages.refuses(
    'the same in a pipeline, a run, a trial or a form',
    '400 PACKAGES_INVALID',
    (send) => send(),
    PLACES,
    ({ errors }) => assert.match(errors[0].pointer, /packages/u),
  );
  packages.refuses('more than 100 packages or 8 KB of them', '400 PACKAGES_INVALID', request, {
    '101 packages': Array.from({ length: 101 }, (_, index) => `p${index}`),
    '10,000 packages': Array.from({ length: 10_000 }, () => 'p'),
    '9 KB': Array.from({ length: 60 }, (_, index) => `p${index}${'x'.repeat(150)}`),
  });
  packages.refuses(
    'a block of metadata in a script that is broken, twice, or names an index or addresses',
    '400 PACKAGES_INVALID',
    withBlock,
    BLOCKS,
    ({ errors }) => assert.equal(errors[0].pointer, '/steps/0/main/source'),
  );
  packages.refuses(
    'packages as text, an object, numbers, or an environment that is no object',
    '400 WRONG_TYPE',
    (send) => send(),
    {
      text: () => request('pandas'),
      'an object': () => request({}),
      numbers: () => request([1]),
      lists: () => request([['pandas']]),
      'an environment that is text': () => run('pandas'),
      'an environment that is a list': () => run(['pandas']),
    },
  );
  packages.refuses(
    'another field of an environment, such as a base image by its address',
    '400 UNKNOWN_FIELD',
    (send) => send(),
    {
      'base of a request': () => raw({ packages: ['p'], base: 'python:3-slim' }),
      'base of a run': () => run({ packages: ['p'], base: 'python:3-slim' }),
    },
  );
  packages.refuses(
    'an image that the settings do not name, anywhere',
    '422 UNKNOWN_IMAGE',
    (send) => send(),
    {
      'of a request': () => raw({ packages: ['p'], image: 'none' }),
      'a reference': () => raw({ image: 'python:3-slim' }),
      empty: () => raw({ image: '' }),
      'an option': () => raw({ image: '--privileged' }),
      'in capitals': () => raw({ image: 'DEFAULT' }),
      'a control character': () => raw({ image: 'default\u0000' }),
      'a long one': () => raw({ image: 'x'.repeat(100_000) }),
      'of a run': () => run({ image: 'none' }),
      'of a pipeline of a run': () =>
        json('POST', '/api/v1/runs', { datasetId: dataset, pipeline: pipelineOf(SOURCE, WITH_IMAGE) }),
      'of a saved pipeline': () => json('POST', '/api/v1/pipelines', pipelineOf(SOURCE, WITH_IMAGE)),
      'of a trial': () =>
        json('POST', '/api/v1/try', { pipeline: pipelineOf(), records: [{}], ...WITH_IMAGE }),
      'of a pipeline of a trial': () =>
        json('POST', '/api/v1/try', { pipeline: pipelineOf(SOURCE, WITH_IMAGE), records: [{}] }),
      'of a form': () => form('/api/v1/runs', 'image', 'none'),
      'of a form of the older system': () => form('/submit_pipeline', 'image', 'none'),
    },
    ({ errors }) => assert.match(errors[0].pointer, /image$/u),
  );
  packages.refuses(
    'memory of a sandbox below 128 MB or above that of the settings, anywhere',
    '422 OUT_OF_RANGE',
    (send) => send(),
    {
      nothing: () => run({ memoryMegabytes: 0 }),
      'less than nothing': () => run({ memoryMegabytes: -1 }),
      'a little': () => run({ memoryMegabytes: 127 }),
      much: () => run({ memoryMegabytes: 2049 }),
      'the most that fits': () => run({ memoryMegabytes: 2147483647 }),
      'of a pipeline of a run': () =>
        json('POST', '/api/v1/runs', { datasetId: dataset, pipeline: pipelineOf(SOURCE, WITH_MEMORY) }),
      'of a saved pipeline': () => json('POST', '/api/v1/pipelines', pipelineOf(SOURCE, WITH_MEMORY)),
      'of a trial': () =>
        json('POST', '/api/v1/try', { pipeline: pipelineOf(), records: [{}], ...WITH_MEMORY }),
      'of a pipeline of a trial': () =>
        json('POST', '/api/v1/try', { pipeline: pipelineOf(SOURCE, WITH_MEMORY), records: [{}] }),
      'of a form': () => form('/api/v1/runs', 'memory_megabytes', '64'),
      'of a form of the older system': () => form('/submit_pipeline', 'memory_megabytes', '64'),
    },
    ({ errors }) => assert.match(errors[0].pointer, /memory_?[Mm]egabytes$/u),
  );
  packages.refuses('memory that is no whole number', '400 WRONG_TYPE', (send) => send(), {
    text: () => run({ memoryMegabytes: '1G' }),
    'a fraction': () => run({ memoryMegabytes: 512.5 }),
    true: () => run({ memoryMegabytes: true }),
    'in a form': () => form('/api/v1/runs', 'memory_megabytes', '1G'),
  });
  packages.refuses('an image that is no text', '400 WRONG_TYPE', (image) => raw({ packages: ['p'], image }), {
    number: [1],
    true: [true],
    list: [[]],
    object: [{}],
  });
  packages.refuses('asking for an environment without packages', '400 PACKAGES_INVALID', raw, {
    nothing: {},
    'an empty list': { packages: [] },
    'a script without a block': { scripts: [{ name: 'main.py', source: SOURCE }] },
  });
  packages.answers(
    'an environment that is null or has no packages',
    '202, none',
    async (given) => {
      const submitted = await submit((await upload()).id, SOURCE, { environment: given });
      assert.equal(submitted.environment, null);
      assert.equal(submitted.waitsFor, null);
      await remove(submitted);
    },
    { null: null, 'no field': {}, 'an empty list': { packages: [] } },
  );
  packages.refuses(
    'a list of environments with a status, limit or cursor that is none',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `/api/v1/environments?${query}`),
    { status: 'status=DONE', limit: 'limit=0', 'a large limit': 'limit=1001', cursor: 'cursor=x' },
  );
  packages.answers(
    'a log from a place that is none, or a lock in a format that is none',
    '400 INVALID_PARAMETER',
    async (path) => {
      const asked = await accepted(request(['no-such-package-of-these-tests']), 202);
      assertProblem(await ask('GET', `/api/v1/environments/${asked.id}/${path}`), 400, 'INVALID_PARAMETER');
    },
    { 'from -1': 'log?from=-1', 'from x': 'log?from=x', 'format x': 'lock?format=x' },
  );
  packages.refuses(
    'an environment that does not exist, its log or lock',
    '404 NOT_FOUND',
    ([method, path]) => ask(method, `/api/v1/environments/${path}`),
    {
      itself: ['GET', NOBODY],
      'no id': ['GET', 'x'],
      'its log': ['GET', `${NOBODY}/log`],
      'its lock': ['GET', `${NOBODY}/lock`],
      removing: ['DELETE', NOBODY],
    },
  );
});
