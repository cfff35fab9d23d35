import { expect, test } from 'vitest';
import { failureTitle, packagesText, readyText } from './environment';

test('sums up packages once they are known', () => {
  const packages = [
    { name: 'pandas', size: 30_000_000 },
    { name: 'numpy', size: 18_000_000 },
  ];

  expect(packagesText(packages)).toBe('2 packages, 48 MB');
  expect(packagesText([{ name: 'pandas' }])).toBe('1 package');
  expect(packagesText([{ name: 'pandas', size: -1 }])).toBe('1 package');
  expect(packagesText([{ name: 'pandas', size: -1 }], 90_000_000)).toBe('1 package, 90 MB');
  expect(packagesText([])).toBeUndefined();
});

test('says how long a build took, unless there was none', () => {
  expect(readyText({ cached: false, resolveMillis: 800, buildMillis: 2400 })).toBe(
    'Environment ready, built in 3.2 s',
  );
  expect(readyText({ cached: true, resolveMillis: 800, buildMillis: 2400 })).toBe('Environment ready');
  expect(readyText({ cached: false, resolveMillis: null, buildMillis: null })).toBe('Environment ready');
});

test('has words for failures that it does not know', () => {
  expect(failureTitle('PACKAGE_NOT_FOUND')).toBe('A package was not found');
  expect(failureTitle('SOMETHING_NEW')).toBe('The packages cannot be installed');
});
