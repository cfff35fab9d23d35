import { expect, test } from 'vitest';
import { difference } from './difference';
import { ExactNumber } from './exact-json';

test('distinguishes added, removed, changed and unchanged fields', () => {
  const changes = difference({ same: 1, old: 'x', text: 'a' }, { same: 1, text: 'A', done: true });

  expect(changes).toEqual([
    { kind: 'same', path: 'same', after: 1 },
    { kind: 'changed', path: 'text', before: 'a', after: 'A' },
    { kind: 'added', path: 'done', after: true },
    { kind: 'removed', path: 'old', before: 'x' },
  ]);
});

test('compares nested objects field by field', () => {
  const changes = difference({ address: { city: 'Rome', zip: 1 } }, { address: { city: 'Roma', zip: 1 } });

  expect(changes).toEqual([
    { kind: 'changed', path: 'address.city', before: 'Rome', after: 'Roma' },
    { kind: 'same', path: 'address.zip', after: 1 },
  ]);
});

test('detects a number with other digits', () => {
  const [change] = difference({ price: new ExactNumber('1.10') }, { price: 1.1 });

  expect(change?.kind).toBe('changed');
});

test('handles fields with the names of object properties', () => {
  expect(difference({}, { constructor: 'x' })).toEqual([{ kind: 'added', path: 'constructor', after: 'x' }]);
});
