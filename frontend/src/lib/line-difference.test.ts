import { expect, test } from 'vitest';
import { lineDifference } from './line-difference';

function marked(before: string, after: string): string[] {
  const signs = { same: ' ', added: '+', removed: '-' };
  return lineDifference(before, after).map(({ kind, text }) => signs[kind] + text);
}

test('keeps the longest common lines', () => {
  expect(marked('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
});

test('removes every line of an emptied text', () => {
  expect(marked('a\nb', '')).toEqual(['-a', '-b', '+']);
});

test('adds a repeated line at the end once', () => {
  expect(marked('a\na', 'a\na\na')).toEqual([' a', ' a', '+a']);
});

test('compares thousands of changed lines quickly', () => {
  const before = Array.from({ length: 5000 }, (_, line) => `before ${line}`).join('\n');
  const after = Array.from({ length: 5000 }, (_, line) => `after ${line}`).join('\n');

  expect(lineDifference(before, after)).toHaveLength(10_000);
});
