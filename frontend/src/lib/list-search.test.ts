import { expect, test } from 'vitest';
import { changedSearch, startOfDay } from './list-search';

test('a changed filter begins at the first page', () => {
  const search = new URLSearchParams('q=vat&status=FAILED&cursor=abc');

  expect(changedSearch(search, { q: 'tax', status: undefined, tag: '' }).toString()).toBe('q=tax');
});

test('a day begins and ends at midnight where the user is', () => {
  expect(startOfDay('2026-03-31')).toBe(new Date(2026, 2, 31).toISOString());
  expect(startOfDay('2026-03-31', 1)).toBe(new Date(2026, 3, 1).toISOString());
});

test('what is no day sets no filter', () => {
  for (const text of [null, '', 'x', '2026-02-30', '2026-13-01', '0001-01-01']) {
    expect(startOfDay(text)).toBeUndefined();
  }
});
