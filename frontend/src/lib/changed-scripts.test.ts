import { expect, test } from 'vitest';
import { changedScripts } from './changed-scripts';

test('matches steps by name', () => {
  const main = { name: 'main.py', source: 'same' };
  const before = [
    { name: 'clean', main, pre: { name: 'pre.py', source: 'old' } },
    { name: 'gone', main },
  ];
  const after = [{ name: 'clean', main, pre: { name: 'pre.py', source: 'new' } }];

  expect(changedScripts(before, after)).toEqual([
    { step: 'clean', stage: 'pre', before: 'old', after: 'new' },
    { step: 'gone', stage: 'main', before: 'same', after: '' },
  ]);
});
