// Wheels written byte by byte, so that a test can have them as wrong as it likes.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { zip } from './zip.mjs';

const FILE = 0o100644;

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
