import { expect, test } from 'vitest';
import {
  filtersFailures,
  isSearch,
  recordFilterOf,
  withFailure,
  withStatus,
  withText,
} from './record-filter';

test('reads the filter from the address and ignores unknown values', () => {
  const search = new URLSearchParams('status=FAILED&step=a%26b&stage=main&error=KeyError&q=%25_&other=1');
  expect(recordFilterOf(search)).toEqual({
    status: 'FAILED',
    step: 'a&b',
    stage: 'main',
    error: 'KeyError',
    q: '%_',
  });
  expect(recordFilterOf(new URLSearchParams('status=DONE&stage=last&q=&cause='))).toEqual({});
  expect(recordFilterOf(new URLSearchParams({ q: 'x'.repeat(300) })).q).toHaveLength(200);
});

test('a state alone is not a search', () => {
  expect(isSearch({ status: 'FAILED' })).toBe(false);
  expect(isSearch({ q: 'x' })).toBe(true);
  expect(isSearch({ cause: 'abc' })).toBe(true);
  expect(filtersFailures({ status: 'FAILED', q: 'x' })).toBe(false);
});

test('drops conditions that contradict each other', () => {
  expect(withStatus({ cause: 'abc', q: 'x' }, 'SUCCEEDED')).toEqual({ status: 'SUCCEEDED', q: 'x' });
  expect(withStatus({ cause: 'abc', q: 'x' }, 'FAILED')).toEqual({ cause: 'abc', status: 'FAILED', q: 'x' });
  expect(withStatus({ status: 'FAILED', cause: 'abc' }, undefined)).toEqual({ cause: 'abc' });
  expect(withFailure({ status: 'SKIPPED', q: 'x' }, { error: 'KeyError' })).toEqual({
    error: 'KeyError',
    q: 'x',
  });
  expect(withText({ status: 'FAILED', q: 'x' }, '')).toEqual({ status: 'FAILED' });
});
