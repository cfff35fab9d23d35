import { expect, test } from 'vitest';
import { templateParts } from './template';

/** The parts as texts; fields are in angle brackets. */
function parts(template: string, knownFields: string[] = []): string[] {
  return templateParts(template, knownFields).map((part) =>
    part.kind === 'text' ? part.text : `<${part.field}>`,
  );
}

test('divides a template at its places', () => {
  expect(parts('Is {{capital}} the capital of {{ country }}?')).toEqual([
    'Is ',
    '<capital>',
    ' the capital of ',
    '<country>',
    '?',
  ]);
  expect(parts('')).toEqual([]);
  expect(parts('nothing')).toEqual(['nothing']);
});

test('the parts cover the template without gaps', () => {
  const template = '{{a}}{{b}} {"x": {{c}}}';

  const all = templateParts(template, []);

  expect(all.map(({ from, to }) => template.slice(from, to)).join('')).toBe(template);
  expect(all.at(0)?.from).toBe(0);
});

test('braces of JSON are text', () => {
  expect(parts('{"a": {"b": {{b}}}}')).toEqual(['{"a": {"b": ', '<b>', '}}']);
  expect(parts('{{"a": 1}}')).toEqual(['{{"a": 1}}']);
  expect(parts('{{}} {{ }} {{')).toEqual(['{{}} {{ }} {{']);
});

test('a known field is found whatever is in its name, the longest first', () => {
  expect(parts('{{a}}}', ['a', 'a}'])).toEqual(['<a}>']);
  expect(parts('{{say "hi"}}', ['say "hi"'])).toEqual(['<say "hi">']);
  expect(parts('{{ a }}', [' a ', 'a'])).toEqual(['< a >']);
});
