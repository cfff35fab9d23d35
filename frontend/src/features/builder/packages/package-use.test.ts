import { expect, test } from 'vitest';
import { missingPackages, unusedPackages } from './package-use';

const script = (source: string, name = 'main.py') => ({ name, source });

test('names the packages that imports need, each once', () => {
  const scripts = [
    script('import yaml\nimport os'),
    script('from yaml import load\nfrom PIL import Image', 'post.py'),
  ];

  expect(missingPackages(scripts, [])).toEqual([
    { module: 'yaml', name: 'PyYAML', script: 'main.py' },
    { module: 'PIL', name: 'pillow', script: 'post.py' },
  ]);
});

test('a package that is there is not missing, whichever variant of it', () => {
  const scripts = [script('import yaml, cv2, psycopg2, langchain_openai, helpers')];

  expect(missingPackages(scripts, ['pyyaml', 'opencv-python', 'psycopg2', 'langchain'])).toEqual([
    { module: 'langchain_openai', name: 'langchain-openai', script: 'main.py' },
  ]);
});

const locked = (name: string, requiredBy: string[] = []) => ({ name, version: '1', size: 1, requiredBy });

test('a package is used when a script imports it, or one that requires it', () => {
  const packages = [
    locked('six', ['python-dateutil']),
    locked('python-dateutil', ['pandas']),
    locked('pandas'),
    locked('Own_Helpers'),
    locked('httpx'),
    locked('anyio', ['httpx']),
  ];

  expect(unusedPackages(packages, [script('import pandas as pd\nimport own_helpers')])).toEqual(
    new Set(['httpx', 'anyio']),
  );
});
