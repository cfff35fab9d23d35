import { expect, test } from 'vitest';
import { ProblemError, ServiceUnreachableError } from '@/lib/problems/problem';
import { createQueryClient } from './query-client';

const retry = createQueryClient().getDefaultOptions().queries?.retry as (
  failures: number,
  error: Error,
) => boolean;
const problem = (status: number) => new ProblemError({ type: 'about:blank', title: 'Problem', status });

test('retries until an unreachable service is back', () => {
  expect(retry(1000, new ServiceUnreachableError())).toBe(true);
});

test('retries an error of the service three times, and a rejected request never', () => {
  expect(retry(2, problem(503))).toBe(true);
  expect(retry(3, problem(503))).toBe(false);
  expect(retry(0, problem(404))).toBe(false);
  expect(retry(0, new Error('a bug'))).toBe(false);
});
