import { expect, test } from 'vitest';
import { ExactNumber } from '@/lib/values/exact-json';
import { aRecord } from '@/testing/builders';
import { recordProblem, recordsOf, sampleOf, verdictOf, verdictsOf, withSample } from './samples';

test('a sample keeps every digit', () => {
  expect(sampleOf({ n: new ExactNumber('12345678901234567890.10') }).record).toContain(
    '12345678901234567890.10',
  );
  expect(recordsOf([{ record: '{"n": 1}' }])).toEqual([{ n: 1 }]);
});

test('a record is a sample once, however it is written', () => {
  const samples = withSample([], { record: '{"a": 1, "b": 2}' });

  expect(withSample(samples, { record: '{"b":2,"a":1}' })).toBe(samples);
  expect(withSample(samples, { record: '{"a": 2}' })).toHaveLength(2);
});

test('there are as many samples as one trial runs', () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ record: `{"n":${n}}` }));

  expect(withSample(many, { record: '{"n":50}' })).toBe(many);
});

test('says why a text is no record', () => {
  expect(recordProblem('{"a": 1}')).toBeUndefined();
  expect(recordProblem('[1]')).toContain('A record is an object');
  expect(recordProblem('{"a":')).toContain('Not valid JSON');
});

test('compares what was made with what is expected', () => {
  const record = aRecord();
  const expected = '{"is_correct":true,"country":"Italy"}';

  expect(verdictOf({ record: '{}' }, record)).toBeUndefined();
  expect(verdictOf({ record: '{}', expected }, record)).toBe('as expected');
  expect(verdictOf({ record: '{}', expected: '{"country":"Italy"}' }, record)).toBe('different');
  expect(verdictOf({ record: '{}', expected }, aRecord({ status: 'FAILED' }))).toBe('different');
  expect(verdictsOf([{ record: '{}', expected }, { record: '{}' }], [record, record])).toEqual({
    expected: 1,
    met: 1,
  });
});
