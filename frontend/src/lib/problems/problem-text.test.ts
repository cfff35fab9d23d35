import { expect, test } from 'vitest';
import { ProblemError, problemOf, ServiceUnreachableError } from './problem';
import { problemText } from './problem-text';

test('shows what, why and where in the words of the form', () => {
  const problem = problemOf(422, {
    title: 'The pipeline breaks a rule',
    detail: 'One step has no main script.',
    errors: [{ pointer: '/pipeline/steps/0/main/source', message: 'must not be empty' }],
  });

  expect(problemText(new ProblemError(problem))).toEqual({
    title: 'The pipeline breaks a rule',
    detail: 'One step has no main script.',
    details: ['step 1 main source: must not be empty'],
  });
});

test('a response without a problem shows its status', () => {
  expect(problemText(new ProblemError(problemOf(500, undefined))).title).toBe(
    'The service responded with status 500',
  );
});

test("an unreachable service is not the user's error", () => {
  expect(problemText(new ServiceUnreachableError()).title).toBe('The service is not responding');
});
