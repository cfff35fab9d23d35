import { expect, test } from 'vitest';
import { mayReload } from './load-page';

test('a page that cannot be loaded reloads once, not forever', () => {
  window.sessionStorage.clear();

  expect(mayReload(window.sessionStorage, 1_000_000)).toBe(true);
  expect(mayReload(window.sessionStorage, 1_002_000)).toBe(false);
  expect(mayReload(window.sessionStorage, 1_040_000)).toBe(true);
});
