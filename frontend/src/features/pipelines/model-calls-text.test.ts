import { expect, test } from 'vitest';
import { modelCallsText } from './model-calls-text';

test('says what the scripts of a pipeline may call, and for how much', () => {
  expect(modelCallsText({})).toBe('Its scripts may call any model.');
  expect(modelCallsText({ upstream: 'openai', models: ['small', 'large'], budget: '5' })).toBe(
    'Its scripts may call small or large at openai, for up to $5.00 a run.',
  );
});
