import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

type WheelSource = {
  name: string;
  version: string;
  /** Requirements of the package. */
  requires?: string[];
  /** Sources by path. */
  files: Record<string, string>;
};

/** A wheel of pure Python and its file name. */
export function wheelOf({ name, version, requires = [], files }: WheelSource): {
  fileName: string;
  bytes: Buffer;
} {
  const stem = `${name.replace(/-/g, '_')}-${version}`;
  const folder = `${stem}.dist-info`;
  const members: Record<string, string> = {
    ...files,
    [`${folder}/METADATA`]: lines([
      'Metadata-Version: 2.1',
      `Name: ${name}`,
      `Version: ${version}`,
      ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
    ]),
    [`${folder}/WHEEL`]: lines([
      'Wheel-Version: 1.0',
      'Generator: e2e',
      'Root-Is-Purelib: true',
      'Tag: py3-none-any',
    ]),
  };
  const record = Object.entries(members).map(
    ([path, text]) => `${path},sha256=${digest(text)},${Buffer.byteLength(text)}`,
  );
  const recordPath = `${folder}/RECORD`;
  return {
    fileName: `${stem}-py3-none-any.whl`,
    bytes: zip({ ...members, [recordPath]: lines([...record, `${recordPath},,`]) }),
  };
}

function lines(texts: string[]): string {
  return `${texts.join('\n')}\n`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The names and the sizes of fields are those of the ZIP specification; members are stored, not compressed. */
function zip(members: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(members)) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const common = commonHeader(name, content);
    const local = Buffer.concat([signature(0x04034b50), common, name]);
    directory.push(centralHeader(common, offset), name);
    parts.push(local, content);
    offset += local.length + content.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endRecord(Object.keys(members).length, central.length, offset)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** From "version needed" to "extra field length". */
function commonHeader(name: Buffer, content: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  // The first day that the format knows.
  header.writeUInt16LE(0x21, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function centralHeader(common: Buffer, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(20);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signature(0x02014b50), madeBy, common, rest]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(18);
  record.writeUInt16LE(count, 4);
  record.writeUInt16LE(count, 6);
  record.writeUInt32LE(size, 8);
  record.writeUInt32LE(offset, 12);
  return Buffer.concat([signature(0x06054b50), record]);
}
