import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { python } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { type KnownNames, openKey, pythonCompletion } from './python-completion';

const known: KnownNames = {
  keysAt: (path) => (path.join('/') === 'user/address' ? ['city', 'zip'] : ['user', 'user name', 'id']),
  modules: ['json', 'datetime', 'requests'],
};

async function offered(source: string): Promise<string[]> {
  const state = EditorState.create({ doc: source, extensions: python() });
  const context = new CompletionContext(state, source.length, true);
  const results = await Promise.all(pythonCompletion(() => known).map((complete) => complete(context)));
  return results
    .filter((result): result is CompletionResult => result !== null)
    .flatMap(({ from, options }) =>
      options.map(({ label }) => label).filter((label) => label.startsWith(source.slice(from))),
    );
}

test('finds the key that is typed, also after others', () => {
  expect(openKey('    x = record["na')).toEqual({ path: [], typed: 'na' });
  expect(openKey("r.get('user')['address'].get('ci")).toEqual({ path: ['user', 'address'], typed: 'ci' });
  expect(openKey('record["name"]')).toBeUndefined();
  expect(openKey('print("na')).toBeUndefined();
});

test('completes the keys of the records, with blanks in them too', async () => {
  expect(await offered('record["')).toEqual(['user', 'user name', 'id']);
  expect(await offered('record.get("user ')).toEqual(['user name']);
  expect(await offered('record["user"]["address"]["c')).toEqual(['city']);
});

test('completes modules after import, and nothing else there', async () => {
  expect(await offered('import re')).toEqual(['requests']);
  expect(await offered('from da')).toEqual(['datetime']);
});

test('completes keywords and built-ins elsewhere', async () => {
  expect(await offered('ret')).toContain('return');
  expect(await offered('sor')).toContain('sorted');
});
