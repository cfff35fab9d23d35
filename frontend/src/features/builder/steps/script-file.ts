/** A file that cannot be a script; the message is shown to the user. */
export class UnreadableScript extends Error {}

const maxBytes = 256 * 1024;

const utf16Marks = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * The text of a script file without its byte order mark. Throws UnreadableScript where the service would reject the
 * file.
 */
export async function readScriptFile(file: File): Promise<string> {
  if (file.size > maxBytes) {
    throw new UnreadableScript(
      `${file.name} is larger than 256 KB, the limit for a script. Choose a smaller file.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (utf16Marks.some((mark) => mark.every((byte, at) => bytes[at] === byte))) {
    throw new UnreadableScript(`${file.name} is UTF-16. Save it as UTF-8 and choose it again.`);
  }
  if (bytes.includes(0)) {
    throw new UnreadableScript(
      `${file.name} contains null bytes, so it is not a text file. Choose a Python file.`,
    );
  }
  const text = decode(bytes);
  if (text === undefined) {
    const line = firstBrokenLine(bytes);
    throw new UnreadableScript(
      `${file.name} is not UTF-8 (line ${line}). Save it as UTF-8 and choose it again.`,
    );
  }
  return text;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  // In UTF-8 no other character contains the byte of a line feed, so lines can be decoded one by one.
  for (let end = bytes.indexOf(10); end >= 0 && decode(bytes.subarray(start, end)) !== undefined; line += 1) {
    start = end + 1;
    end = bytes.indexOf(10, start);
  }
  return line;
}
