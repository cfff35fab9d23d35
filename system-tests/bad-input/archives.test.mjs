// Datasets in zip archives.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { zipOf } from '../harness/zip.mjs';
import { send } from './dataset-upload.mjs';
import { section, withDataset } from './documented.mjs';
import { ask } from './exchange.mjs';

const MEBIBYTE = 2 ** 20;
const RECORDS = '[{"a": 1}]';

section('Archives', (archives) => {
  archives.answers(
    'a zip archive of one dataset, which may be in gzip again, beside what systems add to archives',
    '201, the dataset in it',
    (body) =>
      withDataset(unnamed(body), ({ bytes, member }) =>
        assert.deepEqual([bytes, member.startsWith('data.json')], [RECORDS.length, true]),
      ),
    {
      one: zipOf({ 'data.json': RECORDS }),
      'in gzip': zipOf({ 'data.json.gz': gzipSync(RECORDS) }),
      'with others': zipOf({ '__MACOSX/._data.json': 'x', 'README.md': 'x', 'data.json': RECORDS }),
    },
  );
  archives.answers('a member of an archive by its name, as a path too', '201, that member', async () => {
    const body = zipOf({ 'a.json': RECORDS, '../b/b.csv': 'a\n1\n2\n' });
    await withDataset(member('../b/b.csv', body), ({ records }) => assert.equal(records, 2));
  });
  archives.refuses('an archive with several datasets', '422 SEVERAL_MEMBERS', unnamed, {
    two: zipOf({ 'a.json': RECORDS, 'b.csv': 'a\n1\n' }),
  });
  archives.refuses(
    'a member that the archive does not have',
    '422 UNKNOWN_MEMBER',
    (name) => member(name, zipOf({ 'a.json': RECORDS })),
    { other: 'b.json', path: '../../etc/passwd', folder: '/', long: 'x'.repeat(1_000) },
  );
  archives.refuses('an archive without files', '422 EMPTY_DATASET', unnamed, { empty: zipOf({}) });
  archives.refuses(
    'an archive that is cut off, damaged, encrypted, or has a list of members that is none',
    '400 INVALID_ARCHIVE',
    unnamed,
    {
      'no archive': 'PK\x03\x04rest',
      'no empty archive': 'PK\x05\x06rest',
      'cut off': zipOf({ 'a.json': RECORDS }).subarray(0, 60),
      'other bytes': damagedMember(zipOf({ 'a.csv': 'a,b\n'.repeat(1_000) })),
      encrypted: encrypted(zipOf({ 'a.json': RECORDS })),
      'ten thousand members and one': zipOf(
        Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}.json`, ''])),
      ),
    },
  );
  archives.refuses('a member that unpacks to more than 200 times its size', '413 TOO_LARGE', unnamed, {
    blanks: zipOf({ 'a.json': Buffer.alloc(200 * MEBIBYTE, ' ') }),
  });
  archives.refuses('a zip archive in an archive in an archive', '415 UNSUPPORTED_TYPE', unnamed, {
    three: zipOf({ 'b.zip': zipOf({ 'a.zip': zipOf({ 'a.json': RECORDS }) }) }),
  });
});

function unnamed(body) {
  return send(body, 'application/zip');
}

// Asks for one file of an archive.
function member(name, body) {
  return ask('POST', `/api/v1/datasets?member=${encodeURIComponent(name)}`, {
    headers: { 'Content-Type': 'application/zip' },
    body,
  });
}

function damagedMember(archive) {
  archive.fill(0xff, 36, 46);
  return archive;
}

// Sets the bit by which both headers of a single member say so.
function encrypted(archive) {
  archive[6] |= 1;
  archive[archive.readUInt32LE(archive.length - 6) + 8] |= 1;
  return archive;
}
