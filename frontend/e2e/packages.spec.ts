import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { problemsInVariants, problemsOf } from './appearance';
import { uploadRecords } from './service';
import { wheelOf } from './wheel';

/**
 * Packages, out of wheels that this test uploads: no index is asked. The package that gives `yaml` has the name of the
 * real one, because the page offers it by that name.
 */
const wheels = [
  wheelOf({
    name: 'PyYAML',
    version: '6.0.99',
    requires: ['e2e-colours>=1'],
    files: {
      'yaml.py':
        'import e2e_colours\n\ndef safe_load(text):\n    return {"text": text, "colour": e2e_colours.name()}\n',
    },
  }),
  wheelOf({
    name: 'e2e-colours',
    version: '1.2.0',
    files: { 'e2e_colours/__init__.py': 'def name():\n    return "green"\n' },
  }),
];

const script = `import yaml

def transform(record):
    record["loaded"] = yaml.safe_load(record["text"])["colour"]
    return record
`;

test.beforeAll(async ({ request }) => {
  for (const { fileName, bytes } of wheels) {
    await upload(request, fileName, bytes);
  }
});

test('a user adds the package of an import, tries it, runs it and looks at its environment', async ({
  page,
  request,
}) => {
  // Checks four pages in every variant.
  test.slow();
  const problems = problemsOf(page);
  const records = Array.from({ length: 30 }, (_, id) => ({ id, text: `number ${id}` }));
  const dataset = await uploadRecords(request, 'texts.json', records);
  await page.goto(`/new?dataset=${dataset}`);
  const packages = page.getByRole('region', { name: 'Packages', exact: true });

  await test.step('writes a script that imports a package', async () => {
    await page.getByLabel('Pipeline name').fill('colours');
    await replaceText(page, 'main script of step_1', script);
    await expect(packages).toContainText('import yaml in main.py needs PyYAML.');
  });

  await test.step('adds it by one click, and sees what it brings', async () => {
    await page.getByRole('button', { name: 'Add PyYAML' }).click();
    await expect(packages).toContainText('Environment ready');
    await packages.getByRole('button', { name: /^2 packages/ }).click();
    await expect(packages.getByRole('row', { name: /^e2e-colours 1\.2\.0/ })).toContainText(/pyyaml/i);
    problems.push(...(await problemsInVariants(page, 'packages')));
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('types a name, which is not looked up before it is complete', async () => {
    await replaceText(page, 'Packages, one per line', 'PyYAML\ne2e-col');
    await expect(packages).toContainText('Line 2 is looked up when the cursor leaves it');
  });

  await test.step('sees at once that a name is wrong', async () => {
    await replaceText(page, 'Packages, one per line', 'PyYAML\n\ne2e-nowhere @ file:///x.whl\n');
    await expect(packages.getByRole('list', { name: 'Problems of the packages' })).toContainText(
      'Line 3, column',
    );
    await replaceText(page, 'Packages, one per line', 'PyYAML\ne2e-nowhere\n');
    await expect(packages.getByRole('alert')).toContainText('A package was not found');
    problems.push(...(await problemsInVariants(page, 'package-not-found')));
    await page.setViewportSize({ width: 1440, height: 900 });
    await replaceText(page, 'Packages, one per line', 'PyYAML\n');
    await expect(packages).toContainText('Environment ready');
  });

  await test.step('tries it', async () => {
    await page.keyboard.press('Control+Enter');
    const trial = page.getByRole('region', { name: 'Try it' });
    await expect(trial.getByRole('article', { name: 'Record 0' })).toContainText('green');
  });

  await test.step('saves it, and runs all records with it', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved as version 1')).toBeVisible();
    await page.getByRole('button', { name: 'Run 30 records' }).click();
    await expect(page).toHaveTitle(/^Succeeded/);
    await expect(page.getByTestId('count-SUCCEEDED')).toContainText('30');
    await expect(page.getByText(/^Environment ready/)).toBeVisible();
  });

  await test.step('looks at the environment', async () => {
    await page.getByRole('link', { name: /^2 packages/ }).click();
    await expect(page.getByRole('heading', { name: 'PyYAML' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'colours, version 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Show the log' }).click();
    await expect(page.getByRole('log')).not.toBeEmpty();
    problems.push(...(await problemsInVariants(page, 'environment')));
    await page.setViewportSize({ width: 1440, height: 900 });
    const lock = await request.get(`/api/v1/environments/${environmentOf(page)}/lock?format=requirements`);
    expect(await lock.text()).toContain('--hash=sha256:');
  });

  await test.step('an update with a newer wheel shows what changed', async () => {
    const newer = wheelOf({
      name: 'e2e-colours',
      version: '1.3.0',
      files: { 'e2e_colours/__init__.py': 'def name():\n    return "blue"\n' },
    });
    await upload(request, newer.fileName, newer.bytes);
    await page.getByRole('button', { name: 'Look for updates' }).click();
    const changes = page.getByRole('table', { name: 'Changed packages' });
    await expect(changes.getByRole('row', { name: /^e2e-colours/ })).toContainText('1.2.01.3.0');
    // What is being built cannot be removed.
    await expect(page.getByText('Ready', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the environment' }).click();
    await expect(page).toHaveURL(/\/environments$/);
    problems.push(...(await problemsInVariants(page, 'environments-list')));
  });

  expect(problems).toEqual([]);
});

function environmentOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function replaceText(page: Page, name: string, text: string) {
  const editor = page.getByRole('textbox', { name, exact: true });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

async function upload(request: APIRequestContext, fileName: string, bytes: Buffer) {
  const answer = await request.post(`/api/v1/wheels?filename=${fileName}`, {
    headers: { 'Content-Type': 'application/octet-stream' },
    data: bytes,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}
