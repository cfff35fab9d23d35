import { expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { blankDraft, type Draft, draftOfRun, draftProblems, pipelineOf, runRequestOf } from './draft';
import { draftReducer } from './draft-reducer';
import { defaultModelCalls } from './model-calls';

function aDraft(changes: Partial<Draft> = {}): Draft {
  return {
    ...blankDraft(),
    name: 'check',
    datasetId: 'd1',
    steps: [
      { key: '1', name: 'one', scripts: { main: { name: 'one.py', source: 'x' } } },
      { key: '2', name: 'two', scripts: { main: { name: 'two.py', source: 'y' } } },
    ],
    ...changes,
  };
}

function names(draft: Draft): string[] {
  return draft.steps.map((step) => step.name);
}

test('a draft that is complete has no problems', () => {
  expect(draftProblems(aDraft())).toEqual([]);
});

test('lists everything that is missing, in the order of the page', () => {
  const draft = aDraft({
    datasetId: undefined,
    steps: [
      { key: '1', name: 'one', scripts: { main: { name: 'one.py', source: ' ' } } },
      { key: '2', name: 'one', scripts: { main: { name: 'one.py', source: 'x' } } },
      { key: '3', name: '', scripts: { main: { name: 'one.py', source: 'x' } } },
    ],
    options: { ...blankDraft().options, batchSize: 0, toleratedFailures: 'many' },
  });

  expect(draftProblems(draft)).toEqual([
    'Choose a dataset.',
    'Write or choose the main script of step one.',
    'Two steps are called one. Give each its own name.',
    'Give step 3 a name.',
    'Batch size must be a whole number of at least 1.',
    'Tolerated failures must be a count such as 20, a share such as 10%, or empty.',
  ]);
});

test('leaves out empty fields', () => {
  expect(runRequestOf(aDraft())).toEqual({
    datasetId: 'd1',
    pipeline: pipelineOf(aDraft()),
    batchSize: 100,
    trace: 'all',
    isolation: 'run',
  });
});

test('makes a draft with the dataset, pipeline and options of a run', () => {
  const run = aRun({ toleratedFailures: 5, trace: 'final' });

  const request = runRequestOf(draftOfRun(run));

  expect(request).toMatchObject({
    datasetId: run.dataset.id,
    pipeline: { name: run.pipeline.name, steps: run.pipeline.steps },
    batchSize: run.batchSize,
    toleratedFailures: 5,
    trace: 'final',
  });
});

test('moves steps within the list only', () => {
  const draft = aDraft();

  expect(names(draftReducer(draft, { type: 'step moved', key: '2', to: 0 }))).toEqual(['two', 'one']);
  expect(names(draftReducer(draft, { type: 'step moved', key: '1', to: -1 }))).toEqual(['one', 'two']);
  expect(names(draftReducer(draft, { type: 'step moved', key: 'gone', to: 0 }))).toEqual(['one', 'two']);
});

test('restores a removed step at its position', () => {
  const draft = aDraft();
  const [step] = draft.steps;
  const removed = draftReducer(draft, { type: 'step removed', key: '1' });

  const back = draftReducer(removed, { type: 'step inserted', at: 0, step: step as never });

  expect(names(removed)).toEqual(['two']);
  expect(back).toEqual(draft);
});

test('adds and removes an optional script', () => {
  const draft = aDraft();
  const script = { name: 'pre.py', source: 'z' };
  const withPre = draftReducer(draft, { type: 'script set', key: '1', stage: 'pre', script });

  const without = draftReducer(withPre, { type: 'script removed', key: '1', stage: 'pre' });

  expect(pipelineOf(withPre).steps[0]?.pre).toEqual(script);
  expect(without).toEqual(draft);
});

test('opening other steps forgets the saved pipeline', () => {
  const draft = aDraft({ savedAs: { id: 'p1', version: 3 } });

  const replaced = draftReducer(draft, {
    type: 'steps replaced',
    name: 'other',
    steps: [],
    packages: 'httpx',
    modelCalls: defaultModelCalls,
  });

  expect(replaced.savedAs).toBeUndefined();
  expect(replaced.packages).toBe('httpx');
  expect(replaced.datasetId).toBe('d1');
});

test('packages are a part of the pipeline, without comments', () => {
  const draft = aDraft({ packages: '# data\npandas>=2,<3  # not 3 yet\n\nhttpx[http2]\n' });

  expect(pipelineOf(draft).environment).toEqual({ packages: ['pandas>=2,<3', 'httpx[http2]'] });
  expect(pipelineOf(aDraft())).not.toHaveProperty('environment');
});

test('a run is run again with its packages', () => {
  const { pipeline } = aRun();
  const run = aRun({ pipeline: { ...pipeline, environment: { packages: ['pandas>=2', 'httpx'] } } });

  expect(draftOfRun(run).packages).toBe('pandas>=2\nhttpx');
});

test('a pipeline keeps the memory that it has chosen', () => {
  const pipeline = { ...aRun().pipeline, environment: { packages: [], memoryMegabytes: 1024 } };

  const draft = draftOfRun({ ...aRun(), pipeline });

  expect(pipelineOf(draft).environment).toEqual({ packages: [], memoryMegabytes: 1024 });
  const usual = draftReducer(draft, { type: 'memory chosen', memory: undefined });
  expect(pipelineOf(usual).environment).toBeUndefined();
});

test('a pipeline keeps the image that it has chosen', () => {
  const pipeline = { ...aRun().pipeline, environment: { packages: [], image: 'geo' } };

  const draft = draftOfRun(aRun({ pipeline }));

  expect(pipelineOf(draft).environment).toEqual({ packages: [], image: 'geo' });
  const usual = draftReducer(draft, { type: 'image chosen', image: 'default' });
  expect(pipelineOf(usual).environment).toBeUndefined();
});
