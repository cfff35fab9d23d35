// Wheels written byte by byte, so that a test can have them as wrong as it likes.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
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

export class Wheel {
  #members = [];
  #record = [];
  #bytes;

  // name is spelt as in the file name; metadata are more lines of METADATA.
  constructor(name, version = '1.0', { requires = [], metadata = [], tag = 'py3-none-any' } = {}) {
    this.name = name;
    this.version = version;
    this.tag = tag;
    const lines = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`];
    lines.push(...requires.map((requirement) => `Requires-Dist: ${requirement}`), ...metadata);
    const isPure = tag.endsWith('-none-any');
    this.with(`${this.info}/METADATA`, `${lines.join('\n')}\n`);
    this.with(`${this.info}/WHEEL`, `Wheel-Version: 1.0\nRoot-Is-Purelib: ${isPure}\nTag: ${tag}\n`);
  }

  get info() {
    return `${this.name}-${this.version}.dist-info`;
  }

  get filename() {
    return `${this.name}-${this.version}-${this.tag}.whl`;
  }

  get project() {
    return projectOf(this.name);
  }

  get sha256() {
    return createHash('sha256').update(this.bytes).digest('hex');
  }

  // lies are what the headers and RECORD say instead of the truth: mode, size, digest.
  with(path, content, lies = {}) {
    const bytes = Buffer.from(content);
    const digest = lies.digest ?? createHash('sha256').update(bytes).digest('base64url');
    const name = /[",\n]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path;
    this.#record.push(`${name},sha256=${digest},${bytes.length}\n`);
    this.#members.push({ path, bytes, mode: lies.mode ?? FILE, size: lies.size ?? bytes.length });
    this.#bytes = undefined;
    return this;
  }

  get bytes() {
    this.#bytes ??= zip([...this.#members, this.#recordMember()]);
    return this.#bytes;
  }

  #recordMember() {
    const path = `${this.info}/RECORD`;
    const bytes = Buffer.from(`${this.#record.join('')}${path},,\n`);
    return { path, bytes, mode: FILE, size: bytes.length };
  }
}

// A wheel that lies in a file.
export class WheelFile {
  constructor(path) {
    this.filename = basename(path);
    this.bytes = readFileSync(path);
    this.project = projectOf(this.filename.split('-')[0]);
    this.sha256 = createHash('sha256').update(this.bytes).digest('hex');
  }
}

// A name as indexes and requirements spell it.
function projectOf(name) {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function zip(members) {
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
