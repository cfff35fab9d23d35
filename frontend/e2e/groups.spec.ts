import { expect, test } from '@playwright/test';
import { problemsInVariants } from './appearance';
import { finishedRun, uploadRecords } from './service';

// Every tenth review has no rating; orders below 5 are skipped.
const reviews = Array.from({ length: 200 }, (_, n) => ({
  id: n,
  amount: n % 40,
  text: `review ${n}`,
  ...(n % 10 === 7 ? {} : { rating: (n % 5) + 1 }),
}));
const scoring = {
  name: 'review scoring',
  main: [
    'def transform(record):',
    '    if record["amount"] < 5:',
    '        raise SkipRecord(f"amount {record[\'amount\']} is too small")',
    '    if record["id"] == 99:',
    '        return None',
    '    record["stars"] = "*" * record["rating"]',
    '    return record',
    '',
  ].join('\n'),
};

test('says what failed records have in common, and which records they are', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'reviews.json', reviews), scoring);
  await page.goto(`/runs/${run}/failures`);

  const missing = page.getByRole('article').filter({ hasText: "KeyError: 'rating'" });
  await expect(missing.getByRole('listitem').first()).toHaveText(
    'rating is missing in all 20 that failed so, in none of 180 others',
  );
  const none = page.getByRole('article').filter({ hasText: '`transform` returned None' });
  await expect(none).toContainText('Is `return record` missing?');
  await expect(none).toContainText('RESULT_NOT_JSON');
  expect(await problemsInVariants(page, 'failures-in-common')).toEqual([]);

  await missing.getByRole('link', { name: 'Show records' }).click();
  await expect(page.getByText('20 records')).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('review 7');
});

test('groups skipped records by reason', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'reviews.json', reviews), scoring);
  await page.goto(`/runs/${run}`);
  await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Skipped' }).press('Enter');

  const small = page.getByRole('article').filter({ hasText: 'amount … is too small' });
  await expect(small).toContainText('100% of skipped');
  await expect(small.getByRole('listitem').first()).toHaveText(
    'amount is 4 or less in all 25 that were skipped so, in none of 175 others',
  );
  expect(await problemsInVariants(page, 'skipped')).toEqual([]);

  await small.getByRole('link', { name: 'Show records' }).press('Enter');
  await expect(page).toHaveURL(/reason=[0-9a-f]{16}/);
  await expect(page.getByText('25 records')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('All 200')).toBeVisible();
});
