// Datasets by their bytes: encodings, depth, sizes, and files of other kinds.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { hasPosition, send } from './dataset-upload.mjs';
import { section, withDataset } from './documented.mjs';
import { ask } from './exchange.mjs';

const MEBIBYTE = 2 ** 20;

section('Encodings and limits of datasets', (datasets) => {
  datasets.answers(
    'a byte order mark before UTF-8',
    '201, without it',
    (body) =>
      withDataset(send(body), ({ fields }) =>
        assert.deepEqual(
          fields.map(({ name }) => name),
          ['a'],
        ),
      ),
    { mark: '\ufeff[{"a": 1}]' },
  );
  datasets.refuses(
    'UTF-16, UTF-32, Latin-1, or UTF-8 that is broken',
    '400 INVALID_ENCODING',
    send,
    encodings(),
    hasPosition,
  );
  datasets.refuses('objects and lists in each other more than 500 deep', '400 TOO_DEEP', send, {
    '501 objects': `[${nested(501)}]`,
    '100,000 brackets': '['.repeat(100_000),
    '100,000 braces': '{"a":'.repeat(100_000),
    '100,000 brackets in a record': `[{"a": ${'['.repeat(100_000)}`,
  });
  datasets.answers('500 levels', '201', (body) => withDataset(send(body)), {
    objects: `[${nested(500)}]`,
    lines: nested(500),
  });
  datasets.refuses(
    'a record of more than 16 MB, as it is or as one key',
    '413 RECORD_TOO_LARGE',
    send,
    {
      text: `[{"a": 1}, {"a": "${'x'.repeat(17 * MEBIBYTE)}"}]`,
      key: `[{"a": 1}, {"${'x'.repeat(17 * MEBIBYTE)}": 1}]`,
    },
    ({ position }) => assert.equal(position.record, 1),
  );
  datasets.refuses(
    'a key of 1 MB, or a million keys in one record',
    '413 RECORD_TOO_LARGE',
    send,
    {
      '1 MB': `[{"${'x'.repeat(MEBIBYTE)}": 1}]`,
      'a million': `[{${Array.from({ length: 1_000_000 }, (_, n) => `"${n}":0`).join(',')}}]`,
    },
    ({ position }) => assert.equal(position.record, 0),
  );
  datasets.refuses(
    'other files, whatever their name: old Excel, broken gzip, PNG, PDF …',
    '415 UNSUPPORTED_TYPE',
    send,
    {
      Excel: bytes('d0cf11e0a1b11ae1'),
      'broken gzip': bytes('1f8b0800'),
      png: bytes('89504e470d0a1a0a'),
      pdf: '%PDF-1.7',
    },
  );
  datasets.refuses('a tar archive, or other binary', '400 INVALID_JSON', send, {
    tar: Buffer.concat([Buffer.from('data.json'), Buffer.alloc(91), Buffer.from('0000644\0')]),
    text: 'just text',
  });
  datasets.answers('lone halves of surrogate pairs and NUL, escaped', '201, kept as they are', keepsBytes, {
    surrogate: '{"a":"\\ud800"}',
    'surrogate in a key': '{"\\udc00":1}',
    NUL: '{"a":"\\u0000"}',
  });
  datasets.answers(
    'integers of 19, 40, 4,300 and more digits, 1e400, 1e-400, -0.0',
    '201, kept as they are',
    keepsBytes,
    Object.fromEntries(
      [
        '9'.repeat(19),
        '9'.repeat(40),
        '9'.repeat(4300),
        '9'.repeat(4301),
        '1e400',
        '1e-400',
        '-0.0',
        '1.10',
      ].map((number) => [number.length > 40 ? `${number.length} digits` : number, `{"a":${number}}`]),
    ),
  );
});

async function keepsBytes(record) {
  await withDataset(send(`[${record}]`), async ({ id }) => {
    const { text } = await ask('GET', `/api/v1/datasets/${id}/records`);
    assert.equal(text, `{"items":[${record}],"offset":0,"limit":50,"total":1}`);
  });
}

function nested(levels) {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}

function bytes(digits) {
  return Buffer.from(digits, 'hex');
}

function encodings() {
  const text = '[{"name": "Zoë"}]';
  const big = Buffer.from(text, 'utf16le').swap16();
  const around = (digits) => Buffer.concat([Buffer.from('[{"a": "'), bytes(digits), Buffer.from('"}]')]);
  const wide = Buffer.concat(
    Array.from(text, (character) => Buffer.from([character.charCodeAt(0), 0, 0, 0])),
  );
  return {
    'UTF-16, little end': Buffer.from(text, 'utf16le'),
    'UTF-16, little end, with mark': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'UTF-16, big end': big,
    'UTF-16, big end, with mark': Buffer.concat([bytes('feff'), big]),
    'UTF-32': wide,
    'Latin-1': Buffer.from(text, 'latin1'),
    overlong: around('c0af'),
    'overlong of three': around('e080af'),
    'half of a surrogate pair': around('eda080'),
    'beyond Unicode': around('f4908080'),
    'cut off before the end': around('e282'),
    'cut off by the end': Buffer.concat([Buffer.from('[{"a": "'), bytes('e282')]),
    'stray byte': around('80'),
    FF: around('ff'),
  };
}
