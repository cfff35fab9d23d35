import { expect, test } from 'vitest';
import { isFiltered, runFilterOf } from './run-list-filter';

test('the address says what is looked for', () => {
  const search = new URLSearchParams(
    'q=vat&status=FAILED&pipeline=p1&version=3&starred=true&since=2026-11-01&until=2026-11-30&sort=NAME',
  );

  expect(runFilterOf(search)).toEqual({
    q: 'vat',
    status: 'FAILED',
    pipeline: 'p1',
    pipelineVersion: 3,
    starred: true,
    since: new Date(2026, 10, 1).toISOString(),
    until: new Date(2026, 11, 1).toISOString(),
    sort: 'NAME',
  });
  expect(isFiltered(search)).toBe(true);
});

test('what an address cannot mean sets no filter', () => {
  expect(runFilterOf(new URLSearchParams('status=BROKEN&sort=best&since=soon&starred=no&q='))).toEqual({});
  expect(isFiltered(new URLSearchParams('sort=NAME&cursor=abc'))).toBe(false);
});
