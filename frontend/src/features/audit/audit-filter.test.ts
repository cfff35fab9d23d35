import { expect, test } from 'vitest';
import { auditFilterOf, isFiltered } from './audit-filter';

test('an address stands for a filter', () => {
  const search = new URLSearchParams(
    'who=ada&operation=delete&target=7f3a&outcome=DENIED&cursor=abc&since=2026-11-01&until=2026-11-30',
  );
  expect(auditFilterOf(search)).toEqual({
    who: 'ada',
    operation: 'delete',
    target: '7f3a',
    outcome: 'DENIED',
    cursor: 'abc',
    since: new Date(2026, 10, 1).toISOString(),
    until: new Date(2026, 11, 1).toISOString(),
  });
  expect(isFiltered(search)).toBe(true);
});

test('what is empty or unknown is no filter', () => {
  const search = new URLSearchParams('who=&outcome=LOST&since=yesterday');
  expect(auditFilterOf(search)).toEqual({});
  expect(isFiltered(new URLSearchParams('cursor=abc'))).toBe(false);
});
