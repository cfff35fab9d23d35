import { expect, test } from 'vitest';
import { pythonPieces } from './python-pieces';

const source = 'def transform(record):\n    # why\n    return {"n": 1}\n';

test('loses no character and no line', () => {
  const lines = pythonPieces(source).map((pieces) => pieces.map((piece) => piece.text).join(''));

  expect(lines.join('\n')).toBe(source);
});

test('knows what the pieces are', () => {
  const pieces = pythonPieces(source).flat();
  const kindOf = (text: string) => pieces.find((piece) => piece.text === text)?.kind;

  expect(kindOf('def')).toBe('keyword');
  expect(kindOf('transform')).toBe('name');
  expect(kindOf('# why')).toBe('comment');
  expect(kindOf('"n"')).toBe('string');
  expect(kindOf('1')).toBe('number');
});
