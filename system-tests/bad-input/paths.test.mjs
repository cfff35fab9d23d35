// Methods and paths.
import assert from 'node:assert/strict';
import { section } from './documented.mjs';
import { ask } from './exchange.mjs';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const RUNS = '/api/v1/runs';

section('Methods and paths', (paths) => {
  paths.refuses(
    'a method that the path does not have, TRACE and CONNECT too',
    '405 METHOD_NOT_ALLOWED',
    async (method) => {
      const answer = await ask(method, RUNS);
      assert.equal(answer.headers.get('Allow'), 'GET, HEAD, OPTIONS, POST');
      return answer;
    },
    {
      PUT: 'PUT',
      PATCH: 'PATCH',
      DELETE: 'DELETE',
      TRACE: 'TRACE',
      CONNECT: 'CONNECT',
      unknown: 'BREW',
      'small letters': 'get',
    },
  );
  paths.answers(
    'HEAD and OPTIONS',
    '200, no content',
    async (method) => {
      const { status, text } = await ask(method, RUNS);
      assert.deepEqual([status, text], [200, '']);
    },
    { HEAD: 'HEAD', OPTIONS: 'OPTIONS' },
  );
  const otherwise = {
    slashes: '//api//v1/runs',
    'one slash more': '/api/v1//runs',
    parameter: '/api/v1/runs;a=b',
    'parameter within': '/api;x/v1/runs',
    dot: '/./api/v1/runs',
    parents: '/../api/v1/runs',
    'parents encoded': '/%2e%2e/api/v1/runs',
    'parents within': '/api/v1/%2e%2e/v1/runs',
    'a slash at the end': '/api/v1/runs/',
    'a dot at the end': '/api/v1/runs.',
    letter: '/%61pi/v1/runs',
    'slash encoded': '/api%2fv1/runs',
    'twice encoded': '/%2561pi/v1/runs',
    capitals: '/API/v1/runs',
    metrics: '/%71/metrics',
    'metrics with slash': '/q/metrics/',
    'metrics with slashes': '//q/metrics',
    'metrics with parameter': '/q;/metrics',
    'metrics in capitals': '/Q/metrics',
    health: '/q/health/',
    form: '/submit_pipeline/',
    'form in capitals': '/SUBMIT_PIPELINE',
    result: `/get_result//${NOBODY}`,
    file: '/assets/../assets/x.js',
  };
  paths.refuses(
    'the same path written otherwise: //, /./, /../, %71, %2f, ;a=b, capitals, a dot or a slash at its end',
    '404 NOT_FOUND',
    (path) => ask('GET', path),
    otherwise,
  );
  paths.answers(
    'an address of the page with a slash at its end',
    '301 to the one without',
    async (path) => {
      const { status, headers } = await ask('GET', `${path}/?x=1`);
      assert.deepEqual([status, headers.get('Location')], [301, `${path}?x=1`]);
    },
    { runs: '/runs', one: `/runs/${NOBODY}` },
  );
  paths.refuses('a path of nothing', '404 NOT_FOUND', (path) => ask('GET', path), {
    configs: '/api/v1/runs/configs',
    version: '/api/v2/runs',
    api: '/api',
    below: '/q/nothing',
    hash: '/api/v1/runs#x',
    file: '/nothing.js',
    'no slash': 'api/v1/runs',
    'encoded slashes': '/..%2f..%2fetc%2fpasswd',
  });
  paths.answers(
    'a path that is no part of a URI: % without digits, a backslash, NUL',
    '400 without a body',
    async (path) => assert.equal((await ask('GET', path)).status, 400),
    {
      percent: '/api/v1/runs/%',
      letters: '/api/v1/runs/%zz',
      page: '/%zz',
      backslash: '/api\\v1\\runs',
      NUL: '/api/v1/runs/\0',
    },
  );
  paths.refuses('ways out such as /../../etc/passwd', '404 NOT_FOUND', (path) => ask('GET', path), {
    parents: '/../../etc/passwd',
    encoded: '/%2e%2e/%2e%2e/etc/passwd',
    within: '/runs/../../etc/passwd',
    'encoded slash': '/runs/..%2f..%2fetc%2fpasswd',
  });
});
