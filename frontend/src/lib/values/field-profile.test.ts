import { expect, test } from 'vitest';
import { ExactNumber, type JsonObject } from './exact-json';
import { profileOf } from './field-profile';

function profile(records: JsonObject[]) {
  return Object.fromEntries(profileOf(records).map(({ path, ...field }) => [path, field]));
}

test('profiles nested fields and what stands in lists', () => {
  const fields = profile([
    { user: { name: 'Ann', age: 30 }, lines: [{ price: 2 }, { price: 0.5 }] },
    { user: { name: 'Bob' }, lines: [] },
    { user: null },
  ]);

  expect(Object.keys(fields)).toEqual(['user', 'user.name', 'user.age', 'lines', 'lines[]', 'lines[].price']);
  expect(fields.user).toMatchObject({ types: ['object', 'null'], records: 3 });
  expect(fields['user.name']).toMatchObject({ records: 2, distinct: 2, examples: ['Ann', 'Bob'] });
  expect(fields['lines[].price']).toMatchObject({
    types: ['integer', 'number'],
    records: 1,
    range: { from: '0.5', to: '2' },
  });
});

test('recognises dates, and says their range', () => {
  const { at, mixed } = profile([
    { at: '2026-03-01', mixed: '2026-03-01' },
    { at: '2025-12-31', mixed: 'soon' },
  ]);

  expect(at).toMatchObject({ types: ['date'], range: { from: '2025-12-31', to: '2026-03-01' } });
  expect(mixed).toMatchObject({ types: ['date', 'string'] });
  expect(mixed).not.toHaveProperty('range');
});

test('counts different values up to a bound, and cuts long ones', () => {
  const many = profile(Array.from({ length: 1500 }, (_, n) => ({ n, text: 'x'.repeat(100_000) })));

  expect(many.n?.distinct).toBeUndefined();
  expect(many.text?.distinct).toBe(1);
  expect(many.text?.examples[0]).toHaveLength(60);
});

test('takes exact numbers for numbers, and stops at 500 fields', () => {
  const wide = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`f${n}`, n]));

  expect(profile([{ n: new ExactNumber('12345678901234567890') }]).n?.types).toEqual(['integer']);
  expect(profileOf([wide])).toHaveLength(500);
});
