import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { problemsInVariants } from './appearance';
import { finishedRun, uploadRecords } from './service';

const reviews = Array.from({ length: 200 }, (_, n) => ({
  id: n,
  text: `review ${n}`,
  rating: n % 20 === 7 ? null : n % 5,
}));
const scoring = {
  name: 'Review scoring, März',
  main: 'def transform(record):\n    record["stars"] = "*" * record["rating"]\n    return record\n',
};

test('takes home only what failed, with reasons', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'reviews.json', reviews), scoring);
  await page.goto(`/runs/${run}/records?status=FAILED`);

  await page.getByRole('button', { name: 'Download' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Download results' });
  await expect(dialog.getByRole('radio', { name: 'Failed 10' })).toBeChecked();
  await expect(dialog.getByText(/^10 records, about /)).toBeVisible();
  expect(await problemsInVariants(page, 'download')).toEqual([]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe(`review-scoring-marz-${run.slice(0, 8)}-failed-records.csv`);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toBe('_index,_error,_skipped,raw.id,raw.text,raw.rating');
  expect(lines).toHaveLength(11);
  expect(lines[1]).toMatch(/^7,.*TypeError.*,7,review 7,$/);
});

test('takes home a search, with the fields that were chosen', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'reviews.json', reviews), scoring);
  await page.goto(`/runs/${run}/records?q=review%201`);
  await expect(page.getByText('111 records')).toBeVisible();

  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download results' });
  await expect(dialog.getByRole('radio', { name: 'As filtered on the page' })).toBeChecked();
  await dialog.locator('input[aria-haspopup="listbox"]').fill('stars');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await dialog.getByText('NDJSON', { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).click(),
  ]);

  const rows = (await readFile(await download.path(), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(111);
  expect(rows[0]).toEqual({ index: 1, status: 'SUCCEEDED', value: { stars: '*' } });
  expect(rows.find((row) => row.index === 107)).toMatchObject({
    status: 'FAILED',
    error: { type: 'TypeError' },
  });
});
