// The datasets that are measured with, the same at every time.

// About 125 bytes a record; an array with one record a line.
export function largeDataset(records) {
  return arrayOf(records, largeRecord);
}

const PIECE_RECORDS = 10_000;

// The same records as NDJSON, piece by piece, for numbers of them that do not fit into one text.
export function* largeDatasetPieces(records) {
  for (let first = 0; first < records; first += PIECE_RECORDS) {
    const ids = Array.from({ length: Math.min(PIECE_RECORDS, records - first) }, (_, index) => first + index);
    yield Buffer.from(ids.map((id) => `${JSON.stringify(largeRecord(id))}\n`).join(''));
  }
}

function largeRecord(id) {
  return {
    id,
    country: `Country ${id % 197}`,
    capital: `City ${id % 211}`,
    score: ((id * 7_919) % 100_000) / 1000,
    tags: ['a', 'b'],
    note: 'some words here',
  };
}

export function smallDataset(records) {
  return arrayOf(records, (id) => ({ id, text: `hello ${id}` }));
}

const DOCUMENT_CHARACTERS = 20_000;

// Documents of 20 KB, as text for models is: few fields, one of them long, with line breaks and quotes in it.
export function documentDataset(records) {
  const text = documentText();
  return arrayOf(records, (id) => ({ id, title: `Document ${id}`, language: 'en', text: `${id} ${text}` }));
}

function documentText() {
  const sentence =
    'A text of this kind has sentences like this one, some \u201cquoted\u201d, some "quoted" like that,\nand lines. ';
  return sentence.repeat(Math.ceil(DOCUMENT_CHARACTERS / sentence.length)).slice(0, DOCUMENT_CHARACTERS);
}

const HUGE_RECORD_BYTES = 1_000;
const HUGE_PIECE_RECORDS = 1_000;
const ID_DIGITS = 12;

// NDJSON records of 1,000 bytes, made on the way: piece by piece, since they may not fit into memory.
export function* hugeDataset(bytes) {
  const piece = Buffer.from(hugeRecord().repeat(HUGE_PIECE_RECORDS));
  const idStart = piece.indexOf('0'.repeat(ID_DIGITS));
  for (let first = 0; first < hugeRecordsIn(bytes); first += HUGE_PIECE_RECORDS) {
    for (let record = 0; record < HUGE_PIECE_RECORDS; record++) {
      piece.write(
        String(first + record).padStart(ID_DIGITS, '0'),
        record * HUGE_RECORD_BYTES + idStart,
        'latin1',
      );
    }
    yield Buffer.from(piece);
  }
}

export function hugeRecordsIn(bytes) {
  return bytes / HUGE_RECORD_BYTES;
}

function hugeRecord() {
  const start = JSON.stringify({
    id: '0'.repeat(ID_DIGITS),
    amount: 1234.5,
    paid: true,
    tags: ['one', 'two', 'three'],
    address: { street: 'Long Street 17', city: 'Somewhere' },
  });
  const words =
    'a record of this size carries mostly words, as records do, and few of them are \\"quoted\\" ';
  const room = HUGE_RECORD_BYTES - start.length - ',"text":""\n'.length;
  return `${start.slice(0, -1)},"text":"${words
    .repeat(20)
    .slice(0, room - 20)
    .replace(/\\*$/, '')
    .padEnd(room, '.')}"}\n`;
}

function arrayOf(records, make) {
  const lines = Array.from({ length: records }, (_, index) => JSON.stringify(make(index)));
  return Buffer.from(`[${lines.join(',\n')}]`);
}
