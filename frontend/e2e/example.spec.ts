import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

test('a new user opens the example, tries it, runs it and downloads the results', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Capitals', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run 62 records' })).toBeVisible();

  await test.step('tries the first records', async () => {
    await page.keyboard.press('Control+Enter');
    const trial = page.getByRole('region', { name: 'Try it' });
    await expect(trial.getByRole('article', { name: 'Record 0' })).toContainText('Succeeded');
    await expect(trial.getByRole('article', { name: 'Record 0' })).toContainText('validation_status');
    await expect(trial.getByRole('article', { name: 'Record 2' })).toContainText('Skipped');
    await expect(trial).toContainText('Australia: Sydney should be Canberra');
  });

  await test.step('runs all of them', async () => {
    await page.getByLabel('Batch size').fill('7');
    await page.getByRole('button', { name: 'Run 62 records' }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
    await expect(page).toHaveTitle(/^Partial · capitals/);
  });

  await test.step('the counts add up', async () => {
    await expect(page.getByTestId('count-SUCCEEDED')).toContainText('59');
    await expect(page.getByTestId('count-FAILED')).toContainText('2');
    await expect(page.getByTestId('count-SKIPPED')).toContainText('1');
    await expect(page.getByText('= 62 records')).toBeVisible();
    await expect(page.getByRole('img', { name: '9 batches by state' })).toBeVisible();
  });

  await test.step('a failed record shows its error and the line', async () => {
    await page.getByRole('link', { name: 'Failures 2' }).click();
    await expect(page.getByRole('article')).toContainText("KeyError: 'capital'");
    await page.getByRole('link', { name: 'record 3' }).click();
    const drawer = page.getByRole('dialog');
    await expect(drawer.getByRole('region', { name: 'Error' })).toContainText("KeyError: 'capital'");
    await expect(drawer.locator('[data-highlighted]')).toContainText(
      'record["capital"] == CAPITALS[country]',
    );
    await expect(drawer).toContainText('The capital of Kenya is unknown.');
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
  });

  await test.step('the skipped record says why', async () => {
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Skipped 1').click();
    await page.getByRole('link', { name: 'Record 2', exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText('no capital is known for Atlantis');
  });

  await test.step('the log of a batch is there', async () => {
    await page.getByRole('link', { name: /^Batches/ }).click();
    await page.getByRole('link', { name: 'Batch 0', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Batch 0' })).toContainText('Sydney should be Canberra');
  });

  await test.step('downloads', async () => {
    expect(JSON.parse(await downloaded(page, 'Final values alone', 'JSON'))).toHaveLength(59);
    expect((await downloaded(page, 'All stages', 'NDJSON')).trim().split('\n')).toHaveLength(62);
    expect(await downloaded(page, 'Final values alone', 'CSV')).toMatch(/^[^\n]*validation_status/);
  });
});

async function downloaded(
  page: import('@playwright/test').Page,
  content: string,
  format: string,
): Promise<string> {
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download results' });
  await dialog.getByText(content, { exact: true }).click();
  await dialog.getByText(format, { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).click(),
  ]);
  await page.keyboard.press('Escape');
  return readFile(await download.path(), 'utf8');
}
