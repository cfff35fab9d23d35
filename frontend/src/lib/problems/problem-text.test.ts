import { expect, test } from 'vitest';
import { ProblemError, problemOf, ServiceUnreachableError } from './problem';
import { fieldMessage, problemText } from './problem-text';

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

test('finds what an error says about a field', () => {
  const errors = [
    { pointer: '/llm/models/0', message: 'is not allowed' },
    { pointer: '#/budget', message: 'is too small' },
  ];
  const error = new ProblemError({ type: 'about:blank', title: 'Invalid', status: 422, errors });

  expect(fieldMessage(error, '/llm/models')).toBe('is not allowed');
  expect(fieldMessage(error, '/budget')).toBe('is too small');
  expect(fieldMessage(error, '/llm/model')).toBeUndefined();
  expect(fieldMessage(new Error('other'), '/budget')).toBeUndefined();
  expect(problemText(error).details).toEqual([
    'model calls models 0: is not allowed',
    'budget: is too small',
  ]);
});
