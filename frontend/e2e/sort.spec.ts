import { expect, test } from '@playwright/test';
import { problemsInVariants } from './appearance';
import { finishedRun, uploadRecords } from './service';

const orders = Array.from({ length: 300 }, (_, n) => ({
  id: n,
  city: ['Rome', 'oslo', 'Paris'][n % 3],
  amount: (n * 37) % 301,
}));
const taxing = {
  name: 'tax',
  main: 'def transform(record):\n    if record["amount"] == 0:\n        raise ValueError("nothing to pay")\n    record["tax"] = record["amount"] * 0.2\n    return record\n',
};

test('sorts records by a column that the scripts made', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'orders.json', orders), taxing);
  await page.goto(`/runs/${run}/records`);
  const firstRow = page.getByRole('row').nth(1);

  const head = page.getByRole('columnheader', { name: 'tax' }).getByRole('button');
  await head.press('Enter');
  await expect(page).toHaveURL(/sort=tax$/);
  await expect(page.getByText('300 records sorted by tax')).toBeVisible();
  await expect(firstRow).toContainText('0.2');

  await head.press('Enter');
  await expect(page).toHaveURL(/sort=tax&order=desc$/);
  await expect(firstRow).toContainText('60');
  await expect(page.getByRole('columnheader', { name: 'tax' })).toHaveAttribute('aria-sort', 'descending');
  expect(await problemsInVariants(page, 'sorted')).toEqual([]);

  // J and K walk in the order of the table, and the order stays when the record is closed.
  await page.keyboard.press('j');
  const first = await page.getByRole('dialog').getByRole('heading').first().textContent();
  await page.keyboard.press('j');
  await expect(page.getByRole('dialog').getByRole('heading').first()).not.toHaveText(first ?? '');
  await page.keyboard.press('k');
  await expect(page.getByRole('dialog').getByRole('heading').first()).toHaveText(first ?? '');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/sort=tax&order=desc$/);

  await page.goto(`/runs/${run}/records?q=oslo&sort=amount`);
  await expect(page.getByText('100 records sorted by amount')).toBeVisible();
});
