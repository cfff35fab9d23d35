import { expect, test } from 'vitest';
import { errorLine, errorWords } from './error-words';

test('asks for the missing return', () => {
  const error = { type: 'RESULT_NOT_JSON', message: 'transform must return a dict, not NoneType' };
  expect(errorWords(error)).toEqual({
    title: '`transform` returned None',
    detail: 'Is `return record` missing?',
    code: 'RESULT_NOT_JSON',
  });
  expect(errorLine(error)).toBe('`transform` returned None. Is `return record` missing?');
});

test.each([
  ['list', 'a list'],
  ['Frame', 'a value of type Frame'],
])('names what was returned instead of a dict: %s', (type, words) => {
  const error = { type: 'RESULT_NOT_JSON', message: `transform must return a dict, not ${type}` };
  expect(errorWords(error).title).toBe(`\`transform\` returned ${words}`);
});

test('says what a code means, and keeps the message', () => {
  expect(errorWords({ type: 'TIMEOUT', message: 'the record took longer than 60 s' })).toEqual({
    title: 'The script took too long',
    detail: 'the record took longer than 60 s',
    code: 'TIMEOUT',
  });
});

test('leaves exceptions of scripts and unknown codes as they are', () => {
  expect(errorLine({ type: 'KeyError', message: "'rating'" })).toBe("KeyError: 'rating'");
  expect(errorLine({ type: 'NEW_CODE', message: 'x' })).toBe('NEW_CODE: x');
});
