// Zip archives written byte by byte.
import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

const FILE = 0o100644;
const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
const MADE_ON_UNIX = 0x031e;
// The first day that a zip file can name.
const DATE = 0x0021;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;

// An archive of files: their contents by their names.
export function zipOf(files) {
  return zip(
    Object.entries(files).map(([path, content]) => {
      const bytes = Buffer.from(content);
      return { path, bytes, mode: FILE, size: bytes.length };
    }),
  );
}

// Members say their mode and their size, whatever their bytes are.
export function zip(members) {
  const pieces = [];
  const directory = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.path);
    const deflated = deflateRawSync(member.bytes);
    const isSmaller = deflated.length < member.bytes.length || member.size !== member.bytes.length;
    const content = isSmaller ? deflated : member.bytes;
    const common = commonFields(member, name, content, isSmaller ? DEFLATED : STORED);
    pieces.push(localHeader(common), name, content);
    directory.push(centralHeader(common, member.mode, offset), name);
    offset += LOCAL_BYTES + name.length + content.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...pieces, central, end(members.length, central.length, offset)]);
}

// What both headers of a member say of it, from the version that is needed to the length of the extra field.
function commonFields({ bytes, size }, name, content, method) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function localHeader(common) {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(0x04034b50, 0);
  common.copy(header, 4);
  return header;
}

function centralHeader(common, mode, offset) {
  const header = Buffer.alloc(CENTRAL_BYTES);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX, 4);
  common.copy(header, 6);
  header.writeUInt32LE((mode << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

function end(members, directoryBytes, offset) {
  const record = Buffer.alloc(END_BYTES);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(members, 8);
  record.writeUInt16LE(members, 10);
  record.writeUInt32LE(directoryBytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
