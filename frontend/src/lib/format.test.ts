import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  formatTimestamp,
  formatUtc,
  percentOf,
} from './format';

test.each([
  [0, '< 0.01 ms'],
  [0.024, '0.02 ms'],
  [12.4, '12 ms'],
  [400, '0.4 s'],
  [9960, '10 s'],
  [14_200, '14 s'],
  [59_800, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('formats %s milliseconds as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [96_000, '96 KB'],
  [999_600, '1 MB'],
  [1_234_567, '1.2 MB'],
  [1_000_000_000, '1 GB'],
])('formats %s bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, 80_000, 0],
  [1, 80_000, 1],
  [79_999, 80_000, 99],
  [80_000, 80_000, 100],
  [0, 0, 100],
])('%s of %s is %s percent', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent);
});

test('uses singular and plural', () => {
  expect(formatCount(1, 'record')).toBe('1 record');
  expect(formatCount(80_000, 'record')).toBe('80,000 records');
  expect(formatCount(2, 'batch', 'batches')).toBe('2 batches');
});

test('keeps a digit of a low rate', () => {
  expect(formatRate(0.52)).toBe('0.5 records/s');
  expect(formatRate(4310.4)).toBe('4,310 records/s');
});

test('shows the day unless it is today', () => {
  const moment = '2026-03-01T10:00:00Z';

  expect(formatTimestamp(moment, new Date('2026-03-01T12:00:00Z'))).not.toMatch(/Mar/);
  expect(formatTimestamp(moment, new Date('2026-04-01T12:00:00Z'))).toMatch(/Mar/);
  expect(formatTimestamp(moment, new Date('2027-04-01T12:00:00Z'))).toMatch(/2026/);
  expect(formatUtc(moment)).toBe('2026-03-01 10:00:00 UTC');
});
