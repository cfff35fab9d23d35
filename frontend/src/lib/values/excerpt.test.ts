import { expect, test } from 'vitest';
import { excerptAt } from './excerpt';

const lines = Array.from({ length: 9000 }, (_, line) => `{"line": ${line + 1}}`);
const text = lines.join('\n');

test('returns the line at a byte with the lines around it', async () => {
  const byte = text.indexOf('{"line": 5000}') + 4;

  const excerpt = await excerptAt(new Blob([text]), { line: 5000, byte });

  expect(excerpt).toEqual({ firstLine: 4998, lines: lines.slice(4997, 5002), highlightedLine: 5000 });
});

test('counts bytes, not characters', async () => {
  const before = '["Brasília Chișinău Yaoundé",\n';
  const byte = new TextEncoder().encode(before).length + 1;

  const excerpt = await excerptAt(new Blob([`${before}oops,\n1]`]), { line: 2, byte });

  expect(excerpt?.lines[1]).toBe('oops,');
});

test('finds a line near the beginning without its byte', async () => {
  const excerpt = await excerptAt(new Blob([text]), { line: 3 });

  expect(excerpt?.lines).toEqual(lines.slice(0, 5));
});

test('returns nothing for a line it cannot find', async () => {
  expect(await excerptAt(new Blob([text]), { line: 8999 })).toBeUndefined();
});
