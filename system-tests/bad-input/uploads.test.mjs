// Datasets as networks and strangers deliver them: types, lengths, chunks, gzip, names, forms.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { accepted, assertProblem, assertSoon, section, withDataset } from './documented.mjs';
import { ask, exchange } from './exchange.mjs';

const MEBIBYTE = 2 ** 20;
const PATIENCE_MS = 2_000;
const LONGEST_NAME = 255;
const RECORDS = '[{"a": 1}]';

function send({ headers = {}, body = RECORDS, name = 'bad' }) {
  return ask('POST', `/api/v1/datasets?name=${name}`, {
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
}

const ofType = (type) => send({ headers: { 'Content-Type': type } });
const packed = (body) => send({ headers: { 'Content-Encoding': 'gzip' }, body });

section('Uploads', (uploads) => {
  uploads.refuses('a Content-Type that is no dataset, or not UTF-8', '415 UNSUPPORTED_TYPE', ofType, {
    image: 'image/png',
    form: 'multipart/form-data; boundary=x',
    fields: 'application/x-www-form-urlencoded',
    page: 'text/html',
    nonsense: 'nonsense',
    'no subtype': 'application/',
    any: '*/*',
    'UTF-16': 'application/json; charset=utf-16',
    'Latin-1': 'text/csv; charset=iso-8859-1',
    'Latin-1 text': 'text/plain; charset=latin1',
  });
  uploads.answers(
    'a Content-Type that says nothing, or none',
    '201, as what the content is',
    ([headers, body, found]) =>
      withDataset(ask('POST', '/api/v1/datasets', { headers, body }), ({ format }) =>
        assert.equal(format, found),
      ),
    {
      none: [{}, RECORDS, 'json'],
      text: [{ 'Content-Type': 'text/plain' }, '{"a": 1}\n{"a": 2}\n', 'ndjson'],
      bytes: [{ 'Content-Type': 'application/octet-stream' }, 'a\tb\n1\t2\n', 'csv'],
      Excel: [{ 'Content-Type': 'application/vnd.ms-excel' }, 'a;b\n1;2\n', 'csv'],
    },
  );
  uploads.refuses(
    'a separator or a path that cannot be one',
    '400 INVALID_PARAMETER',
    (query) =>
      ask('POST', `/api/v1/datasets?${query}`, {
        headers: { 'Content-Type': 'text/csv' },
        body: 'a;b\n1;2\n',
      }),
    {
      letter: 'separator=x',
      two: 'separator=;;',
      quote: 'separator=%22',
      'line break': 'separator=%0A',
      'no slash': 'records=features',
      fragment: 'records=%23/a',
      tilde: 'records=/a~2',
      long: `records=/${'x'.repeat(2_500)}`,
    },
  );
  uploads.refuses(
    'a Content-Encoding other than gzip',
    '415 UNSUPPORTED_TYPE',
    (encoding) => send({ headers: { 'Content-Encoding': encoding } }),
    {
      br: 'br',
      zstd: 'zstd',
      deflate: 'deflate',
      twice: 'gzip, gzip',
    },
  );
  uploads.refuses('gzip that is none, damaged or cut off', '400 INVALID_GZIP', packed, {
    none: RECORDS,
    'cut off': gzipSync(RECORDS.repeat(100)).subarray(0, 20),
    'wrong sum': damaged(gzipSync(RECORDS)),
    'more after it': Buffer.concat([gzipSync(RECORDS), Buffer.from('more')]),
  });
  uploads.answers(
    'gzip without a word, in several members, padded with zeros, or packed twice',
    '201, unpacked',
    ([headers, body]) =>
      withDataset(send({ headers, body }), ({ bytes }) => assert.equal(bytes, RECORDS.length)),
    {
      'without a word': [{}, gzipSync(RECORDS)],
      members: [
        { 'Content-Encoding': 'gzip' },
        Buffer.concat([gzipSync(RECORDS.slice(0, 4)), gzipSync(RECORDS.slice(4))]),
      ],
      padded: [{ 'Content-Encoding': 'gzip' }, Buffer.concat([gzipSync(RECORDS), Buffer.alloc(10_240)])],
      twice: [{ 'Content-Encoding': 'gzip' }, gzipSync(gzipSync(RECORDS))],
      type: [{ 'Content-Type': 'application/gzip' }, gzipSync(RECORDS)],
    },
  );
  uploads.refuses('nothing, in gzip', '400 EMPTY_BODY', packed, { nothing: gzipSync('') });
  uploads.refuses('gzip that unpacks to more than 200 times its size', '413 TOO_LARGE', packed, {
    blanks: gzipSync(Buffer.alloc(200 * MEBIBYTE, ' ')),
  });
  uploads.refuses('a Content-Length above the limit, before anything is read', '413 TOO_LARGE', announce, {
    '99 TB': '99999999999999',
    '2^63 - 1': '9223372036854775807',
  });
  uploads.answers(
    'a Content-Length that is no number, or two that differ',
    '400, or the connection ends',
    refusedOrCut,
    {
      text: [head('Content-Length: ten'), RECORDS],
      negative: [head('Content-Length: -1'), RECORDS],
      hexadecimal: [head('Content-Length: 0x10'), RECORDS],
      '2^64': [head('Content-Length: 18446744073709551616'), RECORDS],
      two: [head('Content-Length: 10\r\nContent-Length: 11'), RECORDS],
    },
  );
  uploads.answers(
    'Content-Length together with Transfer-Encoding',
    '400, or the connection ends',
    refusedOrCut,
    {
      both: [
        head('Content-Length: 4\r\nTransfer-Encoding: chunked'),
        '0\r\n\r\nGET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n\r\n',
      ],
    },
  );
  uploads.answers(
    'a body shorter than its Content-Length',
    'the connection ends, nothing is kept',
    async () => {
      const { received } = await exchange([head('Content-Length: 1000'), '[{"a": 1},'], {
        isHalfClosed: true,
        patience: PATIENCE_MS,
      });
      assert.equal(received, '');
    },
  );
  uploads.answers(
    'a body longer than its Content-Length',
    '201 for what was announced; the rest is no request',
    surplus,
  );
  uploads.answers('chunks that are broken', '400, or the connection ends', refusedOrCut, {
    'no length': [head('Transfer-Encoding: chunked'), '4\r\n[{},\r\nnonsense\r\n'],
    'negative length': [head('Transfer-Encoding: chunked'), '-4\r\n[{}]\r\n0\r\n\r\n'],
    'huge length': [head('Transfer-Encoding: chunked'), 'fffffffffffffffff\r\n[{}]\r\n0\r\n\r\n'],
  });
  uploads.answers(
    'fields after the last chunk (trailers), for a dataset, JSON or a form',
    'read past, as if they were not there',
    trailers,
    {
      dataset: ['/api/v1/datasets', 'application/json', RECORDS, 201],
      JSON: ['/api/v1/scripts/check', 'application/json', '{"source": "x = 1"}', 200],
      form: [
        '/api/v1/runs',
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="batch_size"\r\n\r\n5\r\n--x--\r\n',
        400,
        'MISSING_PART',
      ],
    },
  );
  uploads.refuses(
    'an error in the middle of a long upload, which is not waited for',
    '400 INVALID_JSON',
    () => exchange([head('Content-Length: 1000000000'), '[{"a": 1}, oops'], { patience: PATIENCE_MS }),
    { oops: undefined },
  );
  uploads.answers('a client that sends nothing more', 'its connection alone waits', silent);
  uploads.answers(
    'any name: ../../x, absolute, NUL, CRLF, overriding direction, CON, 5,000 characters',
    '201, a label of 255 visible characters at most',
    named,
    {
      parents: '../../x',
      absolute: '/etc/passwd',
      NUL: 'a\0b',
      'line break': 'a\r\nX-Evil: 1',
      direction: 'a\u202egnp.exe',
      device: 'CON',
      long: 'x'.repeat(2_500),
      emoji: 'é😀',
      quotes: "';drop table run;--",
      markup: '<script>alert(1)</script>',
      blank: ' ',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the service must not expand it
      format: '%s%n${x}{{7*7}}',
    },
  );
  uploads.answers('the same upload with the same Idempotency-Key', '200, the same dataset', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await withDataset(send({ headers }), async ({ id }) =>
      assert.equal((await accepted(send({ headers }), 200)).id, id),
    );
  });
  uploads.answers('another upload with that Idempotency-Key', '422 IDEMPOTENCY_KEY_REUSED', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await withDataset(send({ headers }), async () =>
      assertProblem(await send({ headers, body: '[{"a": 2}]' }), 422, 'IDEMPOTENCY_KEY_REUSED'),
    );
  });
  uploads.answers('an empty Idempotency-Key', '201, as without one', () =>
    withDataset(send({ headers: { 'Idempotency-Key': '' } })),
  );
  uploads.refuses(
    'an Idempotency-Key of more than 200 characters',
    '400 INVALID_REQUEST',
    (key) => send({ headers: { 'Idempotency-Key': key } }),
    {
      long: 'x'.repeat(201),
    },
  );
});

function head(headers) {
  return `POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;
}

function announce(length) {
  return exchange([head(`Content-Length: ${length}`), '[']);
}

// What one cannot read to its end is refused; no second answer comes, so nothing in it was taken for a request of its own.
async function refusedOrCut(pieces) {
  const answer = await exchange(pieces, { patience: PATIENCE_MS });
  assert.ok(answer.received === '' || answer.status === 400, answer.received);
  assert.equal(answer.received.split('HTTP/1.1').length <= 2, true, answer.received);
}

async function trailers([path, type, body, status, code]) {
  const lines = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\nTrailer: X-After, Host\r\nConnection: close\r\n\r\n`;
  const answer = await exchange([
    lines,
    `${body.length.toString(16)}\r\n${body}\r\n`,
    '0\r\nX-After: 1\r\nX-Sum: 2\r\n\r\n',
  ]);
  assert.equal(answer.status, status, answer.text);
  if (status === 201) {
    await withDataset(answer);
  }
  if (code) {
    assert.equal(JSON.parse(answer.text).code, code);
  }
}

async function surplus() {
  const answer = await exchange([head(`Content-Length: ${RECORDS.length}`), `${RECORDS}EVIL STUFF\r\n\r\n`], {
    patience: PATIENCE_MS,
  });
  await withDataset(answer);
  assert.doesNotMatch(answer.received.slice(12), /HTTP\/1.1 2/);
}

// While it waits, others are served.
async function silent() {
  const waiting = exchange([head('Content-Length: 1000'), '[{"a": 1},'], { patience: PATIENCE_MS });
  const other = await ask('GET', '/api/v1/datasets?limit=1');
  assert.equal(other.status, 200);
  assertSoon(other);
  assert.equal((await waiting).received, '');
}

function named(name) {
  return withDataset(send({ name: encodeURIComponent(name) }), ({ name: label }) => {
    assert.ok(label.length >= 1 && label.length <= LONGEST_NAME, label);
    assert.doesNotMatch(label, /[\p{Cc}\p{Cf}]/u);
  });
}

function damaged(bytes) {
  bytes[bytes.length - 6] ^= 1;
  return bytes;
}
