import { expect, test } from '@playwright/test';
import { applyVariant, problemsInVariants, problemsOf, variants } from './appearance';
import { finishedRun, uploadRecords } from './service';

/** From a record of a run to a correction that holds: edited, tried, pinned, with what is expected of it. */

const ratio = {
  name: 'ratio',
  main: [
    'def transform(record):',
    '    record["ratio"] = record["total"] / record["order"]["count"]',
    '    return record',
    '',
  ].join('\n'),
};

test('a failed record is edited and tried until its result is as expected', async ({ page, request }) => {
  const problems = problemsOf(page);
  const records = Array.from({ length: 12 }, (_, n) => ({ total: 10, order: { count: n % 4, note: 'x' } }));
  const dataset = await uploadRecords(request, 'orders.json', records);
  const run = await finishedRun(request, dataset, ratio);
  await page.goto(`/runs/${run}/records/4`);
  await page.getByRole('link', { name: 'Edit and try' }).click();

  const sample = page.getByRole('textbox', { name: 'Sample 1' });
  await expect(sample).toHaveValue(/"count": 0/);
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await expect(page.getByText('ZeroDivisionError: division by zero', { exact: true })).toBeVisible();
  await expect(page.locator('.cm-lintRange-error, .cm-lint-marker-error').first()).toBeVisible();
  await page.getByRole('button', { name: 'Edit sample 1' }).click();
  await sample.fill('{"total": 10, "order": {"count": 5}}');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Expect this result' }).click();
  await expect(page.getByText('1 of 1 sample as expected')).toBeVisible();
  problems.push(...(await problemsInVariants(page, 'sample')));
  await applyVariant(page, variants[0]);

  await page.reload();
  await page.getByLabel('Records to try').selectOption('Pinned samples (1)');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await expect(page.getByText('1 of 1 sample as expected')).toBeVisible();
  expect(problems).toEqual([]);
});

test('the editor completes the keys of the records, wraps lines and fills the window', async ({
  page,
  request,
}) => {
  const problems = problemsOf(page);
  const dataset = await uploadRecords(request, 'orders.json', [
    { order_id: 1, order: { count: 2, note: 'x' } },
  ]);
  await page.goto(`/new?dataset=${dataset}`);
  const editor = page.locator('.cm-content').first();
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('def transform(record):\n    x = record["order"]["no');
  // Enter would be a line break in the first moments of the list.
  await page.getByRole('option', { name: 'note' }).click();
  await expect(editor).toContainText('record["order"]["note"]');
  await page.getByLabel('Wrap lines').check();
  await page.getByRole('button', { name: 'Full screen' }).click();
  await expect(editor).toBeVisible();
  problems.push(...(await problemsInVariants(page, 'full-editor')));
  await applyVariant(page, variants[0]);
  await page.getByRole('button', { name: 'Leave full screen' }).click();
  await page.getByLabel('Wide editor').check();
  problems.push(...(await problemsInVariants(page, 'wide-editor')));

  expect(problems).toEqual([]);
});
