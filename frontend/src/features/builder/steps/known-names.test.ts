import { expect, test } from 'vitest';
import type { JsonValue } from '@/lib/values/exact-json';
import { knownNames } from './known-names';

const inputs: { value: JsonValue }[] = [
  { value: { user: { name: 'Ann', address: { city: 'Bern' } }, lines: [{ sku: 1 }, { price: 2 }] } },
  { value: { user: { name: 'Bob', age: 3 } } },
];

test('knows the keys of all records at a path', () => {
  const { keysAt } = knownNames({ fields: ['user', 'lines', 'id'], inputs });

  expect(keysAt([])).toEqual(['user', 'lines', 'id']);
  expect(keysAt(['user'])).toEqual(['name', 'address', 'age']);
  expect(keysAt(['user', 'address'])).toEqual(['city']);
  expect(keysAt(['lines'])).toEqual(['sku', 'price']);
  expect(keysAt(['nowhere', 'toString'])).toEqual([]);
});

test('knows modules of the standard library and of packages', () => {
  const { modules } = knownNames({ fields: [], inputs: [] });

  expect(modules).toContain('json');
  expect(modules).toContain('datapipeline');
});
