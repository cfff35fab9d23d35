import { expect, test } from 'vitest';
import { packageChanges } from './package-changes';

const at = (name: string, version: string) => ({ name, version });

test('tells what was added, removed, and has another version', () => {
  const before = [at('pandas', '2.1.0'), at('numpy', '1.26'), at('pytz', '2024')];
  const after = [at('numpy', '1.26'), at('pandas', '2.2.0'), at('tzdata', '2025')];

  expect(packageChanges(before, after)).toEqual([
    { name: 'pandas', before: '2.1.0', after: '2.2.0' },
    { name: 'pytz', before: '2024' },
    { name: 'tzdata', after: '2025' },
  ]);
  expect(packageChanges(after, after)).toEqual([]);
});
