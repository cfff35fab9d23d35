import { expect, test } from 'vitest';
import { windowSize } from './window-size';

test('requests small records in full windows and huge ones one by one', () => {
  expect(windowSize(100, { bytes: 96_000, records: 1204 })).toBe(100);
  expect(windowSize(100, { bytes: 10_000_000, records: 100 })).toBe(20);
  expect(windowSize(100, { bytes: 50_000_000, records: 3 })).toBe(1);
});
