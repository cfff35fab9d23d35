import { expect, test } from 'vitest';
import { type BuildStep, buildStepFacts } from './build-step';

const step = (changes: Partial<BuildStep>): BuildStep => ({ name: 'fetch', status: 'RUNNING', ...changes });

test('says how much of a step is done', () => {
  expect(buildStepFacts(step({ done: 31_000_000, total: 48_000_000 }))).toBe('31 of 48 MB');
  expect(buildStepFacts(step({ done: 310_000, total: 48_000_000 }))).toBe('310 KB of 48 MB');
  expect(buildStepFacts(step({ name: 'install', done: 812, total: 2004 }))).toBe('812 of 2,004 files');
});

test('says what was done, and how long it took', () => {
  const done = { status: 'DONE', millis: 1900 } as const;

  expect(buildStepFacts(step({ ...done, done: 48_000_000, total: 48_000_000 }))).toBe('48 MB · 1.9 s');
  expect(buildStepFacts(step({ ...done, name: 'compile', done: 900, total: 900 }))).toBe('900 files · 1.9 s');
  expect(buildStepFacts(step({ ...done, name: 'resolve', done: 13, total: 13 }))).toBe('13 packages · 1.9 s');
  expect(buildStepFacts(step({ ...done, name: 'check', done: 1, total: 1 }))).toBe('1 module · 1.9 s');
  expect(buildStepFacts(step({ ...done, name: 'resolve', done: null, total: null }))).toBe('1.9 s');
});

test('a step that waits has nothing to say', () => {
  expect(buildStepFacts(step({ status: 'WAITING', done: 0, total: 10 }))).toBe('');
});
