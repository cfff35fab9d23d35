import { expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { defaultOptions, type OptionsDraft, optionProblems, optionsOfRun, requestOptions } from './options';

function options(changes: Partial<OptionsDraft>): OptionsDraft {
  return { ...defaultOptions, ...changes };
}

test('empty options take the defaults of the service', () => {
  expect(optionProblems(defaultOptions)).toEqual({});
  expect(requestOptions(defaultOptions)).toEqual({ batchSize: 100, trace: 'all', isolation: 'run' });
});

test('sends numbers as numbers, also those stored as text', () => {
  const typed = options({ maxParallelBatches: 4, recordConcurrency: ' 8 ', recordTimeoutSeconds: '1.5' });

  expect(optionProblems(typed)).toEqual({});
  expect(requestOptions(typed)).toMatchObject({
    maxParallelBatches: 4,
    recordConcurrency: 8,
    recordTimeoutSeconds: 1.5,
  });
});

test.each([
  ['20', 20],
  ['0', 0],
  ['10%', '10%'],
  [' 0.5% ', '0.5%'],
])('sends tolerated failures %j as %j', (toleratedFailures, sent) => {
  expect(optionProblems(options({ toleratedFailures }))).toEqual({});
  expect(requestOptions(options({ toleratedFailures }))).toMatchObject({ toleratedFailures: sent });
});

test.each<Partial<OptionsDraft>>([
  { batchSize: '' },
  { batchSize: 0 },
  { batchSize: 2.5 },
  { maxParallelBatches: '8x' },
  { maxParallelBatches: 0 },
  { recordConcurrency: '8x' },
  { recordConcurrency: -1 },
  { recordConcurrency: '1e3' },
  { recordTimeoutSeconds: 'soon' },
  { recordTimeoutSeconds: 0 },
  { recordTimeoutSeconds: '0.0001' },
  { toleratedFailures: 'many' },
  { toleratedFailures: '-1' },
  { toleratedFailures: '101%' },
  { toleratedFailures: '1.5' },
])('reports %j at its own field only', (wrong) => {
  expect(Object.keys(optionProblems(options(wrong)))).toEqual(Object.keys(wrong));
});

test('takes the options of a run', () => {
  const run = aRun({
    recordTimeoutSeconds: 0.5,
    toleratedFailures: 5,
    trace: 'final',
    isolation: 'batch',
  });

  expect(requestOptions(optionsOfRun(run))).toEqual({
    batchSize: run.batchSize,
    maxParallelBatches: run.maxParallelBatches,
    recordConcurrency: run.recordConcurrency,
    recordTimeoutSeconds: 0.5,
    toleratedFailures: 5,
    trace: 'final',
    isolation: 'batch',
  });
});
