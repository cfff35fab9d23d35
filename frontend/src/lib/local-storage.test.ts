import { expect, test, vi } from 'vitest';
import { readStored, removeStored, writeStored } from './local-storage';

test('reads what was written until it is removed', () => {
  writeStored('draft', { name: 'a' });
  expect(readStored('draft')).toEqual({ name: 'a' });

  removeStored('draft');

  expect(readStored('draft')).toBeUndefined();
});

test('ignores a storage that is full and values that are no JSON', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });

  expect(() => writeStored('draft', {})).not.toThrow();
  vi.restoreAllMocks();
  window.localStorage.setItem('draft', '{broken');
  expect(readStored('draft')).toBeUndefined();
});
