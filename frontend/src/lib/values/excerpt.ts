/** The lines around a place in a file, read without taking the whole file into memory. */
export type Excerpt = { firstLine: number; lines: string[]; litLine: number };

const surroundingBytes = 2000;
const surroundingLines = 2;
const longestLine = 200;
const lineEnd = /\r\n|\n|\r/;

/**
 * The line at a place and its neighbours; undefined when only the line is known and it lies too deep in the file to be
 * looked for. `line` counts from 1, `byte` from 0.
 */
export async function excerptAt(
  file: Blob,
  place: { line: number; byte?: number | null | undefined },
): Promise<Excerpt | undefined> {
  const start = Math.max(0, (place.byte ?? 0) - surroundingBytes);
  const text = await file.slice(start, (place.byte ?? 0) + surroundingBytes).text();
  const before = new TextDecoder().decode(await file.slice(start, place.byte ?? 0).arrayBuffer());
  const lit = place.byte == null ? place.line - 1 : before.split(lineEnd).length - 1;
  const lines = text.split(lineEnd);
  if (lines[lit] === undefined) {
    return undefined;
  }
  const first = Math.max(0, lit - surroundingLines);
  return {
    firstLine: place.line - (lit - first),
    lines: lines.slice(first, lit + surroundingLines + 1).map(cut),
    litLine: place.line,
  };
}

function cut(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
