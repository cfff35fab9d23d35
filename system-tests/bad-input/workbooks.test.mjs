// Excel workbooks and Parquet files, written to harm whoever reads them.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { zipOf } from '../harness/zip.mjs';
import { send } from './dataset-upload.mjs';
import { section, withDataset } from './documented.mjs';
import { ask } from './exchange.mjs';

const MEBIBYTE = 2 ** 20;
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEADER = row(1, cell('A1', 'a', 'str'));

function cell(address, value, type) {
  return `<c r="${address}" t="${type}"><v>${value}</v></c>`;
}

function row(number, cells) {
  return `<row r="${number}">${cells}</row>`;
}

// A workbook of these sheets: their XML by their names.
function workbook(sheets) {
  const names = Object.keys(sheets);
  const parts = names.map(
    (_, n) => `<Relationship Id="r${n}" Type="${OFFICE}/worksheet" Target="sheet${n}.xml"/>`,
  );
  const tabs = names.map((name, n) => `<sheet name="${name}" r:id="r${n}"/>`);
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}"><sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${parts.join('')}</Relationships>`,
    ...Object.fromEntries(names.map((name, n) => [`xl/sheet${n}.xml`, sheets[name]])),
  });
}

function sheet(rows) {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
}

const ofRows = (rows) => upload(workbook({ Data: sheet(rows) }));
const ofXml = (xml) => upload(workbook({ Data: xml }));

function upload(body) {
  return send(body, 'application/octet-stream');
}

function ofSheet(name, body) {
  return ask('POST', `/api/v1/datasets?sheet=${encodeURIComponent(name)}`, {
    headers: { 'Content-Type': 'application/octet-stream' },
    body,
  });
}

section('Workbooks', (workbooks) => {
  const sound = workbook({
    One: sheet(HEADER + row(2, cell('A2', 1, 'n'))),
    'Two &amp; three': sheet(HEADER),
  });
  workbooks.answers('a workbook, whatever it is called', '201, the rows of its first sheet', () =>
    withDataset(send(sound), ({ records, sheet: read }) => assert.deepEqual([records, read], [1, 'One'])),
  );
  workbooks.refuses(
    'a sheet that the workbook does not have, or of what is no workbook',
    '422 UNKNOWN_SHEET',
    ([name, body]) => ofSheet(name, body),
    { other: ['Four', sound], path: ['../../etc/passwd', sound], JSON: ['One', '[{"a": 1}]'] },
  );
  workbooks.refuses('a sheet without rows', '422 EMPTY_DATASET', ofRows, { empty: '', header: HEADER });
  workbooks.refuses(
    'cells outside of a sheet, out of order, twice, or that are none',
    '400 INVALID_WORKBOOK',
    ofRows,
    {
      'too far right': HEADER + row(2, cell('XFE2', 1, 'n')),
      'gigabytes to the right': HEADER + row(2, cell('ZZZZZZZZ2', 1, 'n')),
      'too far down': HEADER + row(1_048_577, cell('A1048577', 1, 'n')),
      'row twice': HEADER + row(2, cell('A2', 1, 'n')) + row(2, cell('A2', 1, 'n')),
      'cell twice': HEADER + row(2, cell('A2', 1, 'n') + cell('A2', 1, 'n')),
      'no number': HEADER + row(2, cell('A2', 'one', 'n')),
      'no text of that number': HEADER + row(2, cell('A2', 1e9, 's')),
      'no type': HEADER + row(2, cell('A2', 1, 'x')),
    },
  );
  workbooks.refuses('a value in a column without a name', '400 INVALID_WORKBOOK', ofRows, {
    beside: HEADER + row(2, cell('B2', 1, 'n')),
  });
  workbooks.refuses('two columns of one name in a workbook', '400 DUPLICATE_KEY', ofRows, {
    twins: row(1, cell('A1', 'a', 'str') + cell('B1', 'a', 'str')),
  });
  workbooks.refuses(
    'parts with entities, declarations or comments, without an end, or that are no XML in UTF-8',
    '400 INVALID_WORKBOOK',
    ofXml,
    {
      'a billion laughs': '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
      'a file of the service':
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
      comment: '<!-- x --><worksheet/>',
      'nested without an end': '<worksheet>'.repeat(100_000),
      'a tag without an end': `<worksheet a="${'x'.repeat(17 * MEBIBYTE)}`,
      'cut off': '<worksheet><sheetData><row',
      'UTF-16': Buffer.from('<worksheet/>', 'utf16le'),
      nothing: '',
    },
  );
  workbooks.refuses('a part that unpacks to more than 200 times its size', '413 TOO_LARGE', ofXml, {
    blanks: `<worksheet>${'<x>\n</x>'.repeat(25 * MEBIBYTE)}`,
  });
});

// A file whose description at its end is these bytes.
function parquet(footer) {
  const bytes = Buffer.from(footer, 'hex');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([Buffer.from('PAR1'), bytes, length, Buffer.from('PAR1')]);
}

section('Parquet files', (files) => {
  files.refuses('a file that is cut off, encrypted, or begins like one only', '400 INVALID_PARQUET', upload, {
    beginning: 'PAR1rest',
    'cut off': parquet('00').subarray(0, 9),
    encrypted: Buffer.concat([parquet('00').subarray(0, 9), Buffer.from('PARE')]),
    'longer than the file': Buffer.from('PAR1\0\0\0\x7fPAR1', 'latin1'),
  });
  files.refuses(
    'a description that names more than there is, is nested without an end, or has no columns',
    '400 INVALID_PARQUET',
    upload,
    {
      empty: parquet('00'),
      'two billion columns': parquet('29fcffffffff07'),
      'a text of gigabytes': parquet('68ffffffff07'),
      'nested without an end': parquet('1c'.repeat(100_000)),
      'a number without an end': parquet(`15${'ff'.repeat(20)}`),
      'an unknown type': parquet('1f00'),
    },
  );
});
