import { expect, test } from 'vitest';
import { shareWords, traitWords } from './correlation-words';

test.each([
  [{ kind: 'MISSING' }, 'is missing'],
  [{ kind: 'PRESENT' }, 'is there'],
  [{ kind: 'NULL' }, 'is null'],
  [{ kind: 'EMPTY' }, 'is empty'],
  [{ kind: 'VALUE', value: '"n/a"' }, 'is "n/a"'],
  [{ kind: 'TYPE', value: 'text' }, 'is a text'],
  [{ kind: 'TYPE', value: 'object' }, 'is an object'],
  [{ kind: 'PATTERN', value: '9-9-9' }, 'looks like 9-9-9'],
  [{ kind: 'AT_LEAST', value: '400' }, 'is 400 or more'],
  [{ kind: 'BETWEEN', value: '400', to: '500' }, 'is between 400 and 500'],
  [{ kind: 'LENGTH_AT_MOST', value: '3' }, 'has a length of 3 or less'],
])('says %j in words', (trait, words) => {
  expect(traitWords(trait)).toBe(words);
});

test('says how many records have a trait', () => {
  const sampled = { group: 100, others: 4900 };
  expect(shareWords({ group: 100, others: 2 }, sampled, 'that failed')).toBe(
    'in all 100 that failed, in 2 of 4,900 others',
  );
  expect(shareWords({ group: 97, others: 0 }, sampled, 'that failed')).toBe(
    'in 97 of 100 that failed, in none of 4,900 others',
  );
});
