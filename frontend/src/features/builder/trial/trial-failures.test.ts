import { expect, test } from 'vitest';
import { aRecord } from '@/testing/builders';
import { trialFailures } from './trial-failures';

const error = {
  step: 'check',
  stage: 'main' as const,
  script: 'check.py',
  line: 3,
  type: 'KeyError',
  message: "'rating'",
};

function trialOf(...records: ReturnType<typeof aRecord>[]) {
  return { indexes: [], total: 9, tried: '', result: { records, log: '' } };
}

test('marks the line at which records failed, equal failures once', () => {
  const failed = aRecord({ status: 'FAILED', error });
  const failures = trialFailures(trialOf(failed, aRecord(), failed));

  expect(failures('check', 'main')).toEqual([
    expect.objectContaining({ line: 3, message: "KeyError: 'rating' (in 2 of 3 tried records)" }),
  ]);
  expect(failures('check', 'pre')).toEqual([]);
  expect(failures('other', 'main')).toEqual([]);
});

test('marks nothing without a trial, or for a failure without a line', () => {
  expect(trialFailures(undefined)('check', 'main')).toEqual([]);
  const lost = aRecord({ status: 'FAILED', error: { ...error, line: null } });
  expect(trialFailures(trialOf(lost))('check', 'main')).toEqual([]);
});
