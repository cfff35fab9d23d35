import { expect, test } from 'vitest';
import { blockRequirementNames, importedModules, scriptBlockOf } from './python-imports';

test('finds the modules that a script imports', () => {
  const source = `import os, numpy as np
from google.cloud import storage as cloud, (bigquery)
from sklearn.linear_model import (
    LinearRegression,
    Ridge as R,
)
import pandas; x = 1
from . import mine
def transform(record):
    import yaml  # late
    from PIL import Image
    return record
`.replace(', (bigquery)', '');

  expect(importedModules(source)).toEqual(
    expect.arrayContaining([
      'os',
      'numpy',
      'pandas',
      'yaml',
      'PIL',
      'google.cloud.storage',
      'sklearn.linear_model',
    ]),
  );
  expect(importedModules(source)).not.toContain('mine');
});

test('what a string or a comment says is no import', () => {
  const source = `"""
import yaml
"""
x = 'it\\'s'
text = r"""\\\\"""
import pandas
# import httpx
y = '''
from PIL import Image
'''
`;

  expect(importedModules(source)).toEqual(['pandas']);
});

const script = `#!/usr/bin/env python3

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "rich>=13",
#   'ruamel.yaml',
# ]
# ///
import rich
`;

test('takes the block of a script at the lines where it stands', () => {
  const block = scriptBlockOf(script);

  expect(block?.split('\n').slice(0, 3)).toEqual(['', '', '# /// script']);
  expect(block).toMatch(/# \/\/\/$/);
  expect(scriptBlockOf(`${script}\nx = 1`)).toBe(block);
  expect(scriptBlockOf('import rich\n# /// script\n')).toBeUndefined();
});

test('reads the names of the packages in a block', () => {
  expect(blockRequirementNames(script)).toEqual(['rich', 'ruamel-yaml']);
  expect(blockRequirementNames('x = "rich"')).toEqual([]);
});
