import { expect, test } from 'vitest';
import { paths } from './paths';

test('leaves out undefined parameters', () => {
  expect(paths.newRun()).toBe('/new');
  expect(paths.newRun({ from: 'r1' })).toBe('/new?from=r1');
  expect(paths.runRecord('r1', 4, {})).toBe('/runs/r1/records/4');
});

test('escapes query parameters', () => {
  expect(paths.runPipeline('r1', { script: 'a&b/main', line: 3 })).toBe(
    '/runs/r1/pipeline?script=a%26b%2Fmain&line=3',
  );
});
