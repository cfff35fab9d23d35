import { expect, test } from 'vitest';
import { type ColumnChoice, columnChoiceOf, columnParams, moved, pinToggled, toggled } from './column-choice';

const choice: ColumnChoice = { names: ['id', 'score', 'text'], pinned: 1 };

test('a choice survives the address, whatever the fields are called', () => {
  const odd = { names: ['a,b', 'é&=', '100%', '', 'x'].filter(Boolean), pinned: 2 };

  expect(columnChoiceOf(new URLSearchParams(columnParams(odd)))).toEqual(odd);
});

test.each(['', 'columns=', 'columns=,', 'pinned=3'])('the address %j chooses nothing', (address) => {
  expect(columnChoiceOf(new URLSearchParams(address))).toBeUndefined();
});

test('an address that somebody typed is read as far as it makes sense', () => {
  expect(columnChoiceOf(new URLSearchParams('columns=a,a,%25,b&pinned=-1'))).toEqual({
    names: ['a', '%', 'b'],
    pinned: 0,
  });
  expect(columnChoiceOf(new URLSearchParams('columns=a&pinned=99'))?.pinned).toBe(1);
});

test('a column is hidden, and shown again at the end', () => {
  const hidden = toggled(choice, 'id');

  expect(hidden).toEqual({ names: ['score', 'text'], pinned: 0 });
  expect(toggled(hidden, 'id').names).toEqual(['score', 'text', 'id']);
});

test('a column moves within its group', () => {
  expect(moved(choice, 'text', -1).names).toEqual(['id', 'text', 'score']);
  expect(moved(choice, 'score', -1)).toEqual(choice);
  expect(moved(choice, 'text', 1)).toEqual(choice);
});

test('a column is pinned after the pinned ones, and released in front of the others', () => {
  expect(pinToggled(choice, 'text')).toEqual({ names: ['id', 'text', 'score'], pinned: 2 });
  expect(pinToggled(choice, 'id')).toEqual({ names: ['id', 'score', 'text'], pinned: 0 });
});
