import { expect, test } from 'vitest';
import { importNames, packageOfModule } from './import-names';

test('finds the package of a module by its longest known name', () => {
  expect(packageOfModule('yaml')).toBe('PyYAML');
  expect(packageOfModule('sklearn.linear_model')).toBe('scikit-learn');
  expect(packageOfModule('google.cloud.storage.blob')).toBe('google-cloud-storage');
  expect(packageOfModule('google')).toBeUndefined();
  expect(packageOfModule('my_helpers')).toBeUndefined();
  expect(packageOfModule('constructor')).toBeUndefined();
});

test('the table is sorted and has valid names only', () => {
  const modules = Object.keys(importNames);

  expect(modules.length).toBeGreaterThan(300);
  expect(modules).toEqual([...modules].sort(byName));
  for (const [module, name] of Object.entries(importNames)) {
    expect(module).toMatch(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/);
    expect(name).toMatch(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/);
  }
});

function byName(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) {
    return left < right ? -1 : 1;
  }
  return a < b ? -1 : 1;
}
