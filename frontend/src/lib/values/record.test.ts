import { expect, test } from 'vitest';
import {
  errorLocation,
  failedStageLabel,
  fieldNames,
  lastValue,
  type RecordHistory,
  stageLabels,
} from './record';

const record: RecordHistory = {
  index: 4,
  status: 'SUCCEEDED',
  raw: { a: 1 },
  stages: [
    { step: 'clean', stage: 'pre', value: { a: 2 }, ms: 1 },
    { step: 'clean', stage: 'main', value: { a: 3 }, ms: 1 },
  ],
};

test('the last value is the raw one until a stage is complete', () => {
  expect(lastValue(record)).toEqual({ a: 3 });
  expect(lastValue({ ...record, stages: [] })).toEqual({ a: 1 });
});

test('labels stages with their step only when there are several', () => {
  const second = { step: 'check', stage: 'main', value: {}, ms: 1 };

  expect(stageLabels(record)).toEqual(['pre', 'main']);
  expect(stageLabels({ ...record, stages: [...record.stages, second] })).toEqual([
    'clean pre',
    'clean main',
    'check main',
  ]);
});

test('shows the known parts of the location of an error', () => {
  const error = { type: 'KeyError', message: 'x' };

  expect(errorLocation({ ...error, step: 'check', stage: 'main', script: 'check.py', line: 7 })).toBe(
    'check · main · check.py line 7',
  );
  expect(errorLocation({ ...error, step: null, stage: null, script: null, line: null })).toBe('');
});

test('lists fields in order of first appearance', () => {
  expect(fieldNames([{ b: 1 }, { a: 1, b: 2 }])).toEqual(['b', 'a']);
});

test('labels the stage that failed, with its step when there are several', () => {
  const error = { type: 'KeyError', message: 'x', stage: 'main' };

  expect(failedStageLabel(record)).toBeUndefined();
  expect(failedStageLabel({ ...record, error: { ...error, step: 'clean' } })).toBe('main');
  expect(failedStageLabel({ ...record, error: { ...error, step: 'check' } })).toBe('check main');
});
