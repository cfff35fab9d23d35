import { expect, test } from 'vitest';
import { readScriptFile, UnreadableScript } from './script-file';

const encode = (text: string) => [...new TextEncoder().encode(text)];
const fileOf = (bytes: number[]) => new File([new Uint8Array(bytes)], 'clean.py');
const utf16 = (text: string, mark: number[], order: (code: number) => number[]) => [
  ...mark,
  ...[...text].flatMap((character) => order(character.charCodeAt(0))),
];

test.each([
  ['plain text', encode('x = 1\n'), 'x = 1\n'],
  ['other scripts of the world and emoji', encode("x = 'é 日本 😀'\r\n"), "x = 'é 日本 😀'\r\n"],
  ['a byte order mark', [0xef, 0xbb, 0xbf, ...encode('x = 1')], 'x = 1'],
  ['an empty file', [], ''],
])('reads %s', async (_, bytes, text) => {
  expect(await readScriptFile(fileOf(bytes))).toBe(text);
});

test.each([
  [
    'Latin-1',
    [...encode('# fine\nx = 1\n'), 0x23, 0xe9, 0x0a],
    'clean.py is not UTF-8 (line 3). Save it as UTF-8 and',
  ],
  ['a broken last line', [...encode('é\n'), 0xc3], 'clean.py is not UTF-8 (line 2).'],
  ['UTF-8 of half a surrogate pair', [0xed, 0xa0, 0x80], 'clean.py is not UTF-8 (line 1).'],
  ['UTF-16, little end first', utf16('x = 1', [0xff, 0xfe], (code) => [code, 0]), 'clean.py is UTF-16.'],
  ['UTF-16, big end first', utf16('x = 1', [0xfe, 0xff], (code) => [0, code]), 'clean.py is UTF-16.'],
  ['UTF-16 without a mark', utf16('x = 1', [], (code) => [code, 0]), 'clean.py contains null bytes'],
  ['a file that is too long', Array.from({ length: 256 * 1024 + 1 }, () => 0x20), 'larger than 256 KB'],
])('refuses %s', async (_, bytes, message) => {
  const reading = readScriptFile(fileOf(bytes));

  await expect(reading).rejects.toThrow(UnreadableScript);
  await expect(reading).rejects.toThrow(message);
});
