import { expect, test } from 'vitest';
import { ProblemError, problemOf, ServiceUnreachableError } from './problem';
import { problemText } from './problem-text';

test('says what, why and where in the words of the form', () => {
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

test('an answer without a problem still says its status', () => {
  expect(problemText(new ProblemError(problemOf(500, undefined))).title).toBe('The service answered 500');
});

test('a service that is away is no error of the person', () => {
  expect(problemText(new ServiceUnreachableError()).title).toBe('The service is not responding');
});
