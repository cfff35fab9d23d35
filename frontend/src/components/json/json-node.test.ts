import { expect, test } from 'vitest';
import { ExactNumber, type JsonValue } from '@/lib/values/exact-json';
import { childrenOf, type JsonNode, openAll, openRows, pathOf, previewOf, reveal, rootOf } from './json-node';
import { foundNodes, maxFound } from './json-search';
import { textLines } from './text-lines';

const shown = (root: JsonNode) => openRows(root).map((node) => `${'  '.repeat(node.depth)}${node.key ?? ''}`);
const paths = (nodes: JsonNode[]) => nodes.map((node) => pathOf(node, 'record'));

test('a short value is open, a long list in it is not', () => {
  const root = rootOf({
    id: 1,
    address: { lines: ['a', 'b'] },
    long: Array.from({ length: 500 }, (_, at) => at),
  });

  expect(shown(root)).toEqual(['id', 'address', '  lines', '    0', '    1', 'long']);
});

test('a value of megabytes makes only the rows that are open', () => {
  const value: JsonValue = Array.from({ length: 100_000 }, (_, n) => ({ n }));

  const rows = openRows(rootOf(value));

  expect(rows).toHaveLength(100_000);
  expect(rows.every(({ children }) => children === undefined)).toBe(true);
});

test('everything is opened and folded', () => {
  const root = rootOf({ a: { b: { c: [1] } } });
  const text = rootOf({ text: 'two\nlines' });
  (childrenOf(text)[0] as JsonNode).isOpen = true;

  openAll(text, false);
  expect(shown(text)).toEqual(['text']);
  openAll(root, false);
  expect(shown(root)).toEqual(['a']);
  openAll(root, true);

  expect(shown(root)).toEqual(['a', '  b', '    c', '      0']);
});

test('a path is what a script writes', () => {
  const root = rootOf({ 'odd "key"': [{ x: true }] });

  expect(paths(openRows(root))).toEqual([
    'record["odd \\"key\\""]',
    'record["odd \\"key\\""][0]',
    'record["odd \\"key\\""][0]["x"]',
  ]);
});

test('a row shows every digit, and the beginning of what is long', () => {
  const root = rootOf({ price: new ExactNumber('1.10'), text: 'x'.repeat(1000), list: [] });

  const [price, text, list] = openRows(root).map(previewOf);

  expect(price).toBe('1.10');
  expect(text?.length).toBeLessThan(200);
  expect(list).toBe('[]');
});

test('a long text is opened in lines, without loss', () => {
  const text = `first\n${'漢字'.repeat(60)}😀${'x'.repeat(300)}`;
  const root = rootOf({ text });
  const [node] = childrenOf(root);

  const lines = childrenOf(node as JsonNode);

  expect(lines.map(({ value }) => value).join('')).toBe(text.replace('\n', ''));
  expect(lines[0]?.value).toBe('first');
  expect(lines.every(({ value }) => (value as string).length <= 88)).toBe(true);
});

test('a line never ends within a letter', () => {
  expect(textLines('ab😀😀', 3).map(({ text }) => text)).toEqual(['ab', '😀', '😀']);
  expect(textLines('')).toEqual([{ text: '', offset: 0 }]);
});

test('a search finds keys, values, and the lines of a long text', () => {
  const root = rootOf({
    Name: 'x',
    other: { name: true },
    text: `${'a\n'.repeat(100)}the NAME here\nand name`,
  });

  const found = foundNodes(root, 'name');

  expect(paths(found)).toEqual([
    'record["Name"]',
    'record["other"]["name"]',
    'record["text"]',
    'record["text"]',
  ]);
  expect(found.slice(2).map(({ value }) => value)).toEqual(['the NAME here', 'and name']);
  expect(foundNodes(root, 'nowhere')).toEqual([]);
  expect(foundNodes(root, '')).toEqual([]);
});

test('what is found is revealed', () => {
  const root = rootOf({ a: { b: 'needle' } });
  openAll(root, false);
  const [node] = foundNodes(root, 'needle');

  reveal(node as JsonNode);

  expect(shown(root)).toEqual(['a', '  b']);
});

test('a search among very many places ends', () => {
  expect(foundNodes(rootOf(Array.from({ length: 5000 }, () => 'x')), 'x')).toHaveLength(maxFound);
});
