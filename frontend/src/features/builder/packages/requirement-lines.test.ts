import { expect, test } from 'vitest';
import { requirementLines, requirementName, requirementProblems, withRequirement } from './requirement-lines';

test('reads one requirement per line, without comments', () => {
  const text =
    '# for the tables\npandas>=2,<3  # not 3 yet\r\n\n  httpx[http2] ; python_version > "3.8"\nurl#fragment';

  expect(requirementLines(text)).toEqual([
    { line: 2, column: 1, text: 'pandas>=2,<3' },
    { line: 4, column: 3, text: 'httpx[http2] ; python_version > "3.8"' },
    { line: 5, column: 1, text: 'url#fragment' },
  ]);
  expect(requirementLines('\n# nothing\n')).toEqual([]);
});

test('knows a package by its name, however it is written', () => {
  expect(requirementName('Ruamel.Yaml[jinja2]>=0.17')).toBe('ruamel-yaml');
  expect(requirementName('typing_extensions; python_version < "3.11"')).toBe('typing-extensions');
  expect(requirementName('--index-url x')).toBeUndefined();
});

test('adds a line of its own', () => {
  expect(withRequirement('', 'PyYAML')).toBe('PyYAML\n');
  expect(withRequirement('pandas', 'PyYAML')).toBe('pandas\nPyYAML\n');
  expect(withRequirement('pandas # data\n\n', 'PyYAML')).toBe('pandas # data\nPyYAML\n');
});

test('finds the line and the column that an error is about', () => {
  const lines = requirementLines('# data\npandas\n  httpx=>1');
  const errors = [
    { pointer: '#/packages/1', message: 'line 1, column 6: is not a version' },
    { pointer: '/packages/10', message: 'is unknown' },
    { pointer: '/steps/0', message: 'is about something else' },
  ];

  expect(requirementProblems(errors, '/packages', lines)).toEqual([
    { line: 3, column: 8, message: 'is not a version' },
    { message: 'is unknown' },
  ]);
});
