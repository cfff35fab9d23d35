import { expect, test } from 'vitest';
import { ExactNumber, parseExact, parseExactInTurns, sameJson, stringifyExact } from './exact-json';

test('writes exact numbers unchanged', () => {
  const digits = '1234567890123456789012345678901234567890';

  const text = stringifyExact({ id: new ExactNumber(digits), price: new ExactNumber('1.10'), n: 2 });

  expect(text).toBe(`{"id":${digits},"price":1.10,"n":2}`);
});

test('indents as JSON.stringify does', () => {
  const value = { a: [1, { b: 'x\ny' }], empty: {}, none: [] };

  expect(stringifyExact(value, 2)).toBe(JSON.stringify(value, null, 2));
});

test('parses what it writes', () => {
  const text = '{"a":[1,null,true,"x"],"b":{"c":-1.5}}';

  expect(stringifyExact(parseExact(text))).toBe(text);
});

test('throws for invalid JSON', () => {
  expect(() => parseExact('{"a":')).toThrow(SyntaxError);
});

test('handles events while it parses a large text', async () => {
  const text = `{"price":1.5,"text":"${'x'.repeat(1_000_000)}"}`;
  let turns = 0;
  const count = () => {
    turns += 1;
    setTimeout(count);
  };
  count();

  const value = await parseExactInTurns(text);

  expect(turns).toBeGreaterThan(1);
  expect(stringifyExact(value) === text).toBe(true);
  await expect(parseExactInTurns(`[${text}`)).rejects.toThrow(SyntaxError);
});

test('compares numbers by their digits', () => {
  expect(sameJson(new ExactNumber('1.10'), new ExactNumber('1.1000'))).toBe(false);
  expect(sameJson(new ExactNumber('1.10'), new ExactNumber('1.10'))).toBe(true);
  expect(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  expect(sameJson({ a: 1 }, { a: 1, b: undefined as never })).toBe(false);
});
