/** The lines around a position in a file, read without loading the whole file. */
export type Excerpt = { firstLine: number; lines: string[]; highlightedLine: number };

const surroundingBytes = 2000;
const surroundingLines = 2;
const maxLineLength = 200;
const lineEnd = /\r\n|\n|\r/;

/**
 * The line at a position and the lines around it; undefined when only the line is known and it is too far into the
 * file. `line` counts from 1, `byte` from 0.
 */
export async function excerptAt(
  file: Blob,
  place: { line: number; byte?: number | null | undefined },
): Promise<Excerpt | undefined> {
  const start = Math.max(0, (place.byte ?? 0) - surroundingBytes);
  const text = await file.slice(start, (place.byte ?? 0) + surroundingBytes).text();
  const before = new TextDecoder().decode(await file.slice(start, place.byte ?? 0).arrayBuffer());
  const found = place.byte == null ? place.line - 1 : before.split(lineEnd).length - 1;
  const lines = text.split(lineEnd);
  if (lines[found] === undefined) {
    return undefined;
  }
  const first = Math.max(0, found - surroundingLines);
  return {
    firstLine: place.line - (found - first),
    lines: lines.slice(first, found + surroundingLines + 1).map(cut),
    highlightedLine: place.line,
  };
}

function cut(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line;
}
