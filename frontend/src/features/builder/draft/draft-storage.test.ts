import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankDraft } from './draft';
import { readDraft, removeDraft, writeDraft } from './draft-storage';

const key = 'draft?test';
const named = (name: string) => ({ ...blankDraft(), name });

/** Leaves the tab and opens another one: what belongs to the tab is gone. */
function openOtherTab() {
  const kept = sessionStorage.getItem(key);
  sessionStorage.clear();
  return () => sessionStorage.setItem(key, kept ?? '');
}

beforeEach(clear);
afterEach(clear);

function clear() {
  sessionStorage.clear();
  localStorage.clear();
}

test('each tab gets back what was typed in it', () => {
  writeDraft(key, named('first'));
  const goBack = openOtherTab();
  writeDraft(key, named('second'));
  expect(readDraft(key)?.name).toBe('second');

  goBack();

  expect(readDraft(key)?.name).toBe('first');
});

test('a new tab gets what was typed last', () => {
  writeDraft(key, named('first'));

  openOtherTab();

  expect(readDraft(key)?.name).toBe('first');
});

test('discarding a draft leaves alone what another tab has typed', () => {
  writeDraft(key, named('first'));
  const goBack = openOtherTab();
  writeDraft(key, named('second'));
  goBack();

  removeDraft(key);

  expect(readDraft(key)?.name).toBe('second');
  removeDraft(key);
  expect(readDraft(key)).toBeUndefined();
});

test('a draft that cannot be read is none', () => {
  localStorage.setItem(key, '{');

  expect(readDraft(key)).toBeUndefined();
});
