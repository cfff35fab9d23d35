import { expect, test } from 'vitest';
import { cellText } from './cell-text';
import { ExactNumber } from './exact-json';

test('shows strings without quotes and other values as JSON', () => {
  expect(cellText('Rome')).toBe('Rome');
  expect(cellText(['a', { b: null }])).toBe('["a",{"b":null}]');
  expect(cellText(new ExactNumber('1.10'))).toBe('1.10');
  expect(cellText(undefined)).toBe('');
});

test('truncates a huge value without writing all of it', () => {
  const huge = Array.from({ length: 1_000_000 }, (_, n) => n);
  const start = performance.now();

  const text = cellText(huge);

  expect(text).toHaveLength(201);
  expect(text.endsWith('…')).toBe(true);
  expect(performance.now() - start).toBeLessThan(100);
});
