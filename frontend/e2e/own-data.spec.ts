import { expect, type Page, test } from '@playwright/test';

function file(name: string, text: string) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}

async function write(page: Page, source: string) {
  const editor = page.getByRole('textbox', { name: 'main script of step_1', exact: true });
  await editor.click();
  await page.keyboard.press('Control+A');
  // Typing would trigger the automatic indentation and brackets of the editor.
  await page.keyboard.insertText(source);
}

test('a person runs a script of their own over a file of their own', async ({ page }) => {
  await page.goto('/new');
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles(file('words.json', '[{"word": "one"}, {"word": "two"}, {"word": ""}]'));
  await expect(page.getByRole('region', { name: 'Data' })).toContainText('3 records');

  await page.getByLabel('Pipeline name').fill('words');
  await write(page, 'def transform(record):\n    record["first"] = record["word"][0]\n    return record\n');
  await page.getByRole('button', { name: 'Run 3 records' }).click();

  await expect(page).toHaveTitle(/^Partial · words/);
  await page.getByRole('link', { name: 'Records', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Records' })).toContainText(
    'IndexError: string index out of range',
  );
});

test('shows the position and the line of an invalid dataset', async ({ page }) => {
  await page.goto('/new');
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles(file('bad.json', '[{"a": 1},\n {"a": 2},\n {"a": }]\n'));

  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/At line 3, column \d/);
  await expect(alert.locator('[data-highlighted]')).toContainText('{"a": }]');
});

test('shows an error of a script at its line and prevents the run', async ({ page }) => {
  await page.goto('/new');
  await page.getByLabel(/Drop a file here/).setInputFiles(file('one.json', '[{"a": 1}]'));
  await write(page, 'def transform(record):\n    return record\n\n)\n');

  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Line 4');
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
  await page.getByRole('button', { name: 'Run 1 record' }).click();
  await expect(page.getByRole('alert')).toContainText('line 4');
});

test('reports a script without transform', async ({ page }) => {
  await page.goto('/new');
  await write(page, 'x = 1\n');

  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('transform');
});

test('shows digits as they were uploaded', async ({ page }) => {
  const digits = '1234567890123456789012345678901234567890';
  await page.goto('/new');
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles(file('exact.json', `[{"id": ${digits}, "price": 1.10}]`));

  const data = page.getByRole('region', { name: 'Data' });
  await expect(data.getByRole('cell', { name: digits })).toBeVisible();
  await expect(data.getByRole('cell', { name: '1.10' })).toBeVisible();
});

test('keeps the draft over a reload until it is discarded', async ({ page }) => {
  await page.goto('/new');
  await page.getByLabel('Pipeline name').fill('kept');
  await write(page, 'def transform(record):\n    return {"kept": True}\n');

  await page.reload();

  await expect(page.getByLabel('Pipeline name')).toHaveValue('kept');
  await expect(page.getByRole('textbox', { name: 'main script of step_1', exact: true })).toContainText(
    '{"kept": True}',
  );
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByLabel('Pipeline name')).toHaveValue('');
});

test('shows user data as text', async ({ page }) => {
  const hostile = '<img src=x onerror="document.title=\'owned\'">';
  await page.goto('/new');
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles(file('<b>name</b>.json', JSON.stringify([{ [hostile]: hostile }])));

  await expect(page.getByRole('region', { name: 'Data' }).getByRole('cell', { name: hostile })).toHaveCount(
    2,
  );
  await expect(page.locator('img')).toHaveCount(0);
});

test('an upload shows its progress and is cancelled', async ({ page }) => {
  const name = `cancelled ${Date.now()}.json`;
  const records = Array.from({ length: 60_000 }, (_, n) => ({ n, text: 'x'.repeat(80) }));
  await page.goto('/new');
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 500_000,
  });

  await page.getByLabel(/Drop a file here/).setInputFiles(file(name, JSON.stringify(records)));
  await expect(page.getByText(/[KM]B of 6\.\d MB/)).toBeVisible();
  await page.getByRole('region', { name: 'Data' }).getByRole('button', { name: 'Cancel' }).click();

  await expect(page.getByLabel(/Drop a file here/)).toBeVisible();
  await page.goto('/datasets');
  await expect(page.getByRole('heading', { name: 'Datasets' })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
});

test('steps are dragged into another order', async ({ page }) => {
  await page.goto('/new');
  await page.getByRole('button', { name: 'Add step' }).click();
  await expect(page.getByRole('article', { name: 'Step 2, step_2' })).toBeVisible();

  await page
    .getByRole('article', { name: 'Step 2, step_2' })
    .getByTitle('Drag to reorder')
    .dragTo(page.getByRole('article', { name: 'Step 1, step_1' }));

  await expect(page.getByRole('article', { name: 'Step 1, step_2' })).toBeVisible();
});
