import { expect, test } from 'vitest';
import { blankDraft, type Draft } from './draft';
import { openingOf, scriptToOpen } from './open-script';

const draft: Draft = {
  ...blankDraft(),
  steps: [
    { key: '1', name: 'a/b', scripts: {} },
    { key: '2', name: 'check', scripts: {} },
  ],
};

test('opens the script of the address at its line', () => {
  const opening = openingOf(new URLSearchParams({ script: 'a/b/pre', line: '7', try: '58,3' }));

  expect(opening).toEqual({ script: { step: 'a/b', stage: 'pre' }, line: 7, records: [3, 58] });
  expect(scriptToOpen(draft, opening)).toEqual({ stepKey: '1', stage: 'pre', line: 7 });
});

test('without an address only a single step is opened', () => {
  const opening = openingOf(new URLSearchParams());

  expect(scriptToOpen(draft, opening)).toBeUndefined();
  expect(scriptToOpen({ ...draft, steps: draft.steps.slice(1) }, opening)).toEqual({
    stepKey: '2',
    stage: 'main',
  });
});

test('what an address names and is not there is not opened', () => {
  expect(scriptToOpen(draft, openingOf(new URLSearchParams({ script: 'gone/main' })))).toBeUndefined();
  expect(scriptToOpen(draft, openingOf(new URLSearchParams({ script: 'check/other' })))).toBeUndefined();
});
