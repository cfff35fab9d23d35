import { expect, test } from 'vitest';
import { recordSortOf, sortAfterClick, sortNameOf, sortParams } from './record-sort';

test('stands in the address', () => {
  const sort = { by: 'a&b', isDescending: true };
  expect(recordSortOf(new URLSearchParams(sortParams(sort)))).toEqual(sort);
  expect(sortParams({ by: '_index', isDescending: false })).toEqual({ sort: '_index' });
  expect(recordSortOf(new URLSearchParams('order=desc'))).toBeUndefined();
  expect(sortParams(undefined)).toEqual({});
});

test('clicks sort upwards, downwards and not at all', () => {
  const up = sortAfterClick(undefined, 'rating');
  const down = sortAfterClick(up, 'rating');

  expect(up).toEqual({ by: 'rating', isDescending: false });
  expect(down).toEqual({ by: 'rating', isDescending: true });
  expect(sortAfterClick(down, 'rating')).toBeUndefined();
  expect(sortAfterClick(down, 'other')).toEqual({ by: 'other', isDescending: false });
});

test('tells fields from columns of the table', () => {
  expect(sortNameOf('rating')).toBe('rating');
  expect(sortNameOf('_index')).toBe('__index');
  expect(sortNameOf('__status')).toBe('___status');
  expect(sortNameOf('_other')).toBe('_other');
});
