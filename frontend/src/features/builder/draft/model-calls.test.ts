import { expect, test } from 'vitest';
import { anUpstream, aRunModelCalls } from '@/testing/builders';
import { blankDraft, type StepDraft } from './draft';
import {
  allowsCalls,
  callingScripts,
  dearestAnswer,
  defaultModel,
  defaultModelCalls,
  modelCallProblems,
  modelCallsDraft,
  modelOptions,
} from './model-calls';

function stepWith(source: string): StepDraft {
  return { key: '1', name: 'ask', scripts: { main: { name: 'ask.py', source } } };
}

const calling = stepWith('from datapipeline import chat\n');
const plain = stepWith('def transform(record):\n    return record\n');

test.each([
  'from datapipeline import chat',
  'from datapipeline import SkipRecord, embed',
  'from datapipeline import (\n    SkipRecord,\n    chat,\n)',
  'import datapipeline',
  'def transform(record):\n    import openai',
  'from langchain_openai import ChatOpenAI',
])('finds the script that calls a model by its import: %s', (source) => {
  expect(callingScripts([stepWith(source)])).toEqual(['ask.py']);
});

test.each(['from datapipeline import SkipRecord', '# import openai', 'import openai_tools', 'chat("hello")'])(
  'takes no other script for one: %s',
  (source) => {
    expect(callingScripts([stepWith(source)])).toEqual([]);
  },
);

test('calls follow the scripts until the user decides', () => {
  const upstreams = [anUpstream()];
  const draft = { ...blankDraft(), steps: [calling] };
  const decided = (isOn: boolean) => ({ ...draft, modelCalls: { ...defaultModelCalls, isOn } });

  expect(allowsCalls(draft, upstreams)).toBe(true);
  expect(allowsCalls(draft, [])).toBe(false);
  expect(allowsCalls({ ...draft, steps: [plain] }, upstreams)).toBe(false);
  expect(allowsCalls(decided(false), upstreams)).toBe(false);
  expect(allowsCalls({ ...decided(true), steps: [plain] }, [])).toBe(true);
});

test('a request says only what differs from the settings', () => {
  const upstreams = [anUpstream()];
  const draft = { ...blankDraft(), steps: [calling] };

  expect(modelOptions(draft, upstreams)).toEqual({});
  expect(modelOptions({ ...draft, steps: [plain] }, upstreams)).toBeUndefined();
  expect(
    modelOptions(
      {
        ...draft,
        modelCalls: {
          upstream: 'other',
          models: ['small'],
          budget: ' 5.00 ',
          maxOutputTokens: 200,
          cache: 'exact',
        },
      },
      upstreams,
    ),
  ).toEqual({ upstream: 'other', models: ['small'], budget: '5.00', maxOutputTokens: 200, cache: 'exact' });
});

test('the first upstream is named where none is the default', () => {
  const upstreams = [
    anUpstream({ name: 'one', isDefault: false }),
    anUpstream({ name: 'two', isDefault: false }),
  ];

  expect(modelOptions({ ...blankDraft(), steps: [calling] }, upstreams)).toEqual({ upstream: 'one' });
});

test('a run is run again with the options that it had', () => {
  const { upstream, models, budget } = aRunModelCalls();

  const draft = modelCallsDraft(aRunModelCalls());

  expect(modelOptions({ modelCalls: draft, steps: [plain] }, [anUpstream()])).toEqual({
    upstream,
    models,
    budget,
    maxOutputTokens: 4096,
  });
  expect(modelCallsDraft(null)).toEqual(defaultModelCalls);
});

test('the default model is the first of the run, or the only one of the upstream', () => {
  const calls = { ...defaultModelCalls, models: ['large'] };

  expect(defaultModel(calls, [anUpstream()])).toBe('large');
  expect(defaultModel(defaultModelCalls, [anUpstream()])).toBeUndefined();
  expect(defaultModel(defaultModelCalls, [anUpstream({ models: ['only'] })])).toBe('only');
});

test('knows the most that an answer can cost from the prices of the models that may be called', () => {
  const price = { input: '1', cachedInput: '1', maxOutputTokens: null };
  const prices = [
    { ...price, model: 'small', output: '10' },
    { ...price, model: 'large', output: '40' },
  ];
  const upstreams = {
    items: [anUpstream({ prices })],
    runBudget: '1',
    trialBudget: '0.1',
    defaultMaxOutputTokens: 4000,
  };

  expect(dearestAnswer(defaultModelCalls, upstreams)).toBe(0.16);
  expect(dearestAnswer({ ...defaultModelCalls, models: ['small'], maxOutputTokens: 100 }, upstreams)).toBe(
    0.001,
  );
  expect(dearestAnswer(defaultModelCalls, { ...upstreams, items: [] })).toBe(0);
});

test('says what is wrong with a budget and a number of tokens', () => {
  const problems = (budget: string, maxOutputTokens: number | string) =>
    Object.keys(modelCallProblems({ ...defaultModelCalls, budget, maxOutputTokens }));

  expect(problems('', '')).toEqual([]);
  expect(problems('0.50', 10)).toEqual([]);
  expect(problems('0', -1)).toEqual(['budget', 'maxOutputTokens']);
  expect(problems('much', 1.5)).toEqual(['budget', 'maxOutputTokens']);
});
