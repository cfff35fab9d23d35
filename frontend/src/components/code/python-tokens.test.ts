import { expect, test } from 'vitest';
import { pythonTokens } from './python-tokens';

const source = 'def transform(record):\n    # why\n    return {"n": 1}\n';

test('keeps every character and line', () => {
  const lines = pythonTokens(source).map((tokens) => tokens.map((token) => token.text).join(''));

  expect(lines.join('\n')).toBe(source);
});

test('classifies the tokens', () => {
  const tokens = pythonTokens(source).flat();
  const kindOf = (text: string) => tokens.find((token) => token.text === text)?.kind;

  expect(kindOf('def')).toBe('keyword');
  expect(kindOf('transform')).toBe('name');
  expect(kindOf('# why')).toBe('comment');
  expect(kindOf('"n"')).toBe('string');
  expect(kindOf('1')).toBe('number');
});
