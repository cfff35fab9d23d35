import { expect, test } from 'vitest';
import { deepLinkOf, scriptToOpen } from './deep-link';
import { blankDraft, type Draft } from './draft';

const draft: Draft = {
  ...blankDraft(),
  steps: [
    { key: '1', name: 'a/b', scripts: {} },
    { key: '2', name: 'check', scripts: {} },
  ],
};

test('opens the script of the address at its line', () => {
  const deepLink = deepLinkOf(new URLSearchParams({ script: 'a/b/pre', line: '7', try: '58,3' }));

  expect(deepLink).toEqual({
    script: { step: 'a/b', stage: 'pre' },
    line: 7,
    records: [3, 58],
    hasSample: false,
  });
  expect(scriptToOpen(draft, deepLink)).toEqual({ stepKey: '1', stage: 'pre', line: 7 });
});

test('opens the script of a single step when the address names none', () => {
  const deepLink = deepLinkOf(new URLSearchParams());

  expect(scriptToOpen(draft, deepLink)).toBeUndefined();
  expect(scriptToOpen({ ...draft, steps: draft.steps.slice(1) }, deepLink)).toEqual({
    stepKey: '2',
    stage: 'main',
  });
});

test('opens nothing when the address names a missing script', () => {
  expect(scriptToOpen(draft, deepLinkOf(new URLSearchParams({ script: 'gone/main' })))).toBeUndefined();
  expect(scriptToOpen(draft, deepLinkOf(new URLSearchParams({ script: 'check/other' })))).toBeUndefined();
});
