import { expect, test } from 'vitest';
import { exampleTitles, loadExample } from './examples';

test('bundles every example with its scripts and data', async () => {
  const titles = exampleTitles({ withModels: true });
  expect(titles.map((example) => example.id)).toContain('capitals');

  for (const { id, title, summary } of titles) {
    const example = await loadExample(id);
    const definition = JSON.parse(example?.definition ?? '') as { steps: { main_script: string }[] };

    expect(title).not.toBe('');
    expect(summary).not.toBe('');
    expect(example?.datasetText).not.toBe('');
    for (const step of definition.steps) {
      expect(example?.scripts[step.main_script]).toContain('def transform');
    }
  }
});

test('returns nothing for an unknown example', async () => {
  expect(await loadExample('nothing')).toBeUndefined();
});
