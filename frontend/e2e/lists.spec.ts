import { expect, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

/** People find old work again, and tidy up. */

const keep = { name: 'keep', main: 'def transform(record):\n    return record\n' };

test('a run is renamed, noted and tagged, found by that, and deleted with others', async ({
  page,
  request,
}) => {
  const mark = `m${Date.now()}`;
  const dataset = await uploadRecords(request, `${mark}.json`, [{ n: 1 }, { n: 2 }]);
  const kept = await finishedRun(request, dataset, { ...keep, name: `${mark} first` });
  await finishedRun(request, dataset, { ...keep, name: `${mark} second` });
  await finishedRun(request, dataset, { ...keep, name: `${mark} third` });

  await page.goto(`/runs/${kept}`);
  await page.getByRole('button', { name: 'Rename, note, tags' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`March ${mark}`);
  await dialog.getByLabel('Note').fill('with the new rates');
  await dialog.getByLabel('Tags').fill(`vat, ${mark}-2026`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: `March ${mark}` })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('with the new rates');

  await page.goto('/runs');
  await page.getByRole('searchbox', { name: 'Search runs' }).fill(`${mark}-2026`);
  await expect(page.getByText('1 run · 2 records')).toBeVisible();
  await page.getByRole('button', { name: `Star March ${mark}` }).click();
  await expect(page.getByRole('button', { name: `Star March ${mark}` })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await page.getByRole('searchbox', { name: 'Search runs' }).fill(`${mark}.json`);
  await expect(page.getByText('3 runs · 6 records')).toBeVisible();
  await page.getByLabel('Sort runs').selectOption('By name');
  await expect(page).toHaveURL(/sort=NAME/);
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await page.getByRole('checkbox', { name: `Select ${mark} second` }).check();
  await page.getByRole('checkbox', { name: `Select ${mark} third` }).check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete 2 runs' }).click();

  await expect(page.getByText('2 runs deleted.')).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.goto('/datasets');
  await page.getByRole('searchbox', { name: 'Search datasets' }).fill(mark);
  await page
    .getByRole('row', { name: new RegExp(mark) })
    .getByRole('link', { name: '1', exact: true })
    .click();
  await expect(page).toHaveURL(new RegExp(`/runs\\?dataset=${dataset}`));
  await expect(page.getByRole('link', { name: `March ${mark}` })).toBeVisible();
});

test('the keyboard alone finds, stars and selects a run', async ({ page, request }) => {
  const mark = `k${Date.now()}`;
  const dataset = await uploadRecords(request, `${mark}.json`, [{ n: 1 }]);
  await finishedRun(request, dataset, { ...keep, name: mark });
  await page.goto('/runs');
  await page.getByRole('searchbox', { name: 'Search runs' }).focus();

  await page.keyboard.type(mark);
  await expect(page.getByText('1 run · 1 record')).toBeVisible();
  await page.getByRole('checkbox', { name: `Select ${mark}` }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('1 run selected')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('button', { name: `Star ${mark}` })).toHaveAttribute('aria-pressed', 'true');
});

test('a second upload of the same file is recognised, and the first one is used instead', async ({
  page,
}) => {
  const mark = `s${Date.now()}`;
  const file = {
    name: `${mark}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify([{ mark }])),
  };
  await page.goto('/new');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(page.getByRole('link', { name: file.name })).toBeVisible();
  const first = await page.getByRole('link', { name: file.name }).getAttribute('href');
  await page.getByRole('button', { name: 'Change dataset' }).click();

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ ...file, name: `${mark}-again.json` });
  await page.getByRole('button', { name: 'Use it instead' }).click();

  await expect(page.getByRole('link', { name: file.name })).toHaveAttribute('href', first ?? '');
  await expect(page.getByText('The same content was also uploaded')).toHaveCount(0);
});
