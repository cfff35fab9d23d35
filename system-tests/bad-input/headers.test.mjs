// Headers of every kind.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { section } from './documented.mjs';
import { ask, exchange } from './exchange.mjs';
import { finishedRun, remove } from './sound.mjs';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const RUNS = '/api/v1/runs';
const PATIENCE_MS = 2_000;

section('Headers', (headers) => {
  let run;

  before(async () => {
    run = await finishedRun();
  });
  after(() => remove(run));

  headers.refuses(
    'an address of more than 4,096 characters',
    '414 ADDRESS_TOO_LONG',
    (path) => ask('GET', path),
    { path: `${RUNS}/${'x'.repeat(5_000)}`, query: `${RUNS}?cursor=${'x'.repeat(30_000)}` },
  );
  headers.refuses(
    'headers of more than 20 KB together',
    '431 HEADERS_TOO_LARGE',
    (added) => ask('GET', RUNS, { headers: added }),
    {
      one: { 'X-Long': 'x'.repeat(30_000) },
      many: Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`X-Many-${n}`, 'some words for it'])),
      cookie: { Cookie: 'a=b;'.repeat(10_000) },
    },
  );
  headers.answers(
    'an address or headers of more than 64 KB',
    '414 or 431 without a body, the connection ends',
    async ({ path = RUNS, added = {} }) => {
      assert.ok([414, 431].includes((await ask('GET', path, { headers: added })).status));
    },
    {
      address: { path: `${RUNS}/${'x'.repeat(100_000)}` },
      header: { added: { 'X-Long': 'x'.repeat(100_000) } },
    },
  );
  headers.answers(
    'lines that are no headers, or not HTTP at all',
    '400 without a body, the connection ends',
    async (text) => {
      const { status, received } = await exchange([text], { patience: PATIENCE_MS });
      assert.ok(received === '' || status === 400, received);
    },
    {
      'no colon': `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n`,
      NUL: `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n`,
      'blank in a name': `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nX Y: a\r\n\r\n`,
      'no version': `GET ${RUNS}\r\n\r\n`,
      TLS: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    },
  );
  headers.refuses(
    'an Accept that nothing here fits',
    '406 NOT_ACCEPTABLE',
    (accept) => ask('GET', RUNS, { headers: { Accept: accept } }),
    { image: 'image/png', xml: 'application/xml', garbage: 'nonsense', quality: 'a/b;q=x' },
  );
  headers.refuses(
    'a Range beyond the end of a file of the page',
    '416 RANGE_NOT_SATISFIABLE',
    () => ask('GET', '/', { headers: { Range: 'bytes=999999999-' } }),
    { beyond: undefined },
  );
  headers.answers(
    'a Range, or an If-Match, of an answer that has no such thing',
    '200, as without it',
    async (added) => {
      assert.equal((await ask('GET', `${RUNS}/${run.id}/records`, { headers: added })).status, 200);
    },
    { range: { Range: 'bytes=5-1' }, garbage: { Range: 'x' }, match: { 'If-Match': 'garbage' } },
  );
  headers.refuses(
    'another service in the Host header',
    '421 UNKNOWN_HOST',
    (host) => ask('GET', RUNS, { headers: { Host: host } }),
    { evil: 'evil.example', 'almost ours': 'localhost.evil.example', empty: '' },
  );
  headers.refuses(
    'no Host header, or one that is no name',
    '400 INVALID_REQUEST',
    (lines) => exchange([`GET ${RUNS} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`]),
    { none: '', blanks: 'Host: a b:x\r\n' },
  );
  headers.refuses(
    'two Host headers, or one with a user, a path or a port that is none',
    '400 INVALID_REQUEST',
    (lines) => exchange([`GET ${RUNS} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`]),
    {
      two: 'Host: localhost\r\nHost: evil.example\r\n',
      'the same twice': 'Host: localhost\r\nHost: localhost\r\n',
      user: 'Host: user@localhost\r\n',
      'port of another': 'Host: localhost:80@evil.example\r\n',
      'port zero': 'Host: localhost:0\r\n',
      'port too large': 'Host: localhost:99999\r\n',
      'port text': 'Host: localhost:http\r\n',
      path: 'Host: localhost/x\r\n',
      list: 'Host: localhost, evil.example\r\n',
    },
  );
  headers.refuses(
    'an absolute address of another host, port or scheme than the Host header',
    '400 INVALID_REQUEST',
    (address) => exchange([`GET ${address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`]),
    {
      evil: `http://evil.example${RUNS}`,
      port: `http://localhost:1${RUNS}`,
      scheme: `https://localhost${RUNS}`,
      user: `http://user@localhost${RUNS}`,
      longer: `http://localhost.evil.example${RUNS}`,
      file: 'file://localhost/etc/passwd',
    },
  );
  headers.answers(
    'an absolute address that is the same as the Host header',
    '200, as without it',
    async () => {
      assert.equal(
        (
          await exchange([
            `GET http://localhost${RUNS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
          ])
        ).status,
        200,
      );
    },
  );
  headers.refuses(
    'another Origin, also one that differs by its scheme or port only, where the browser says no more',
    '403 CROSS_SITE',
    (origin) => ask('DELETE', `${RUNS}/${NOBODY}`, { headers: { Host: 'localhost:8080', Origin: origin } }),
    {
      evil: 'https://evil.example',
      scheme: 'https://localhost:8080',
      port: 'http://localhost:8081',
      'no port': 'http://localhost',
      ending: 'http://x.localhost:8080',
      null: 'null',
      empty: '',
      extension: 'moz-extension://localhost:8080',
    },
  );
  headers.answers(
    'X-HTTP-Method-Override and such',
    'ignored: the method is that of the request',
    async (name) => {
      assert.equal((await ask('GET', `${RUNS}/${run.id}`, { headers: { [name]: 'DELETE' } })).status, 200);
      assert.equal((await ask('GET', `${RUNS}/${run.id}`)).status, 200);
    },
    {
      'X-HTTP-Method-Override': 'X-HTTP-Method-Override',
      'X-HTTP-Method': 'X-HTTP-Method',
      'X-Method-Override': 'X-Method-Override',
    },
  );
  headers.answers(
    'an upgrade to HTTP/2 in plain text (h2c), or its preface',
    'ignored, or the connection ends: there is HTTP/1.1 only',
    async (text) => {
      const { received } = await exchange([text], { patience: PATIENCE_MS });
      assert.doesNotMatch(received, /101 Switching/);
      assert.ok(received === '' || /^HTTP\/(1\.1 200|\d\.\d 400) /.test(received), received.slice(0, 200));
    },
    {
      upgrade: `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
      preface: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    },
  );
  headers.refuses(
    'a Content-Encoding of anything but a dataset',
    '415 UNSUPPORTED_TYPE',
    ([path, encoding]) =>
      ask('POST', path, {
        headers: { 'Content-Type': 'application/json', 'Content-Encoding': encoding },
        body: '{}',
      }),
    {
      'gzip pipeline': ['/api/v1/pipelines', 'gzip'],
      'gzip run': [RUNS, 'gzip'],
      'gzip trial': ['/api/v1/try', 'GZIP'],
      'br check': ['/api/v1/scripts/check', 'br'],
    },
  );
  headers.refuses(
    'health, metrics, API explorer through a proxy, told by X-Forwarded-For, Forwarded, Via and such',
    '403 OPERATORS_ONLY',
    ([path, name, value]) => ask('GET', path, { headers: { [name]: value } }),
    {
      metrics: ['/q/metrics', 'X-Forwarded-For', '1.2.3.4'],
      'metrics of this machine': ['/q/metrics', 'X-Forwarded-For', '127.0.0.1'],
      health: ['/q/health', 'Forwarded', 'for=127.0.0.1'],
      liveness: ['/q/health/live', 'Via', '1.1 proxy'],
      document: ['/q/openapi', 'X-Real-IP', '127.0.0.1'],
      explorer: ['/q/swagger-ui/', 'X-Forwarded-Host', 'localhost'],
      nothing: ['/q/nothing', 'X-Forwarded-For', '::1'],
    },
  );
  headers.answers(
    'any request to the API, as for what may be stored of its answer',
    'Cache-Control: private, no-store',
    async (path) => {
      assert.equal((await ask('GET', path())).headers.get('Cache-Control'), 'private, no-store');
    },
    {
      list: () => RUNS,
      one: () => `${RUNS}/${run.id}`,
      records: () => `${RUNS}/${run.id}/records`,
      results: () => `${RUNS}/${run.id}/results`,
      log: () => `${RUNS}/${run.id}/batches/0/log`,
      seed: () => `/get_result/${run.id}`,
      datasets: () => '/api/v1/datasets',
      missing: () => `${RUNS}/${NOBODY}`,
      nothing: () => '/api/nothing',
      alias: () => `/${RUNS}`,
    },
  );
  headers.answers('X-Forwarded-Host, Forwarded and such, forged', 'ignored: links have no host', async () => {
    const {
      status,
      headers: told,
      text,
    } = await ask('GET', `${RUNS}/${run.id}`, {
      headers: {
        'X-Forwarded-For': '1.2.3.4',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'gopher',
        Forwarded: 'host=evil.example',
      },
    });
    assert.equal(status, 200);
    assert.doesNotMatch(JSON.stringify([...told]) + text, /evil|gopher/);
  });
});
