import { expect, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

const thirds = {
  name: 'thirds',
  main: 'def transform(record):\n    if record["n"] % 3 == 2:\n        raise ValueError("no thirds")\n    return record\n',
};

test('tries a correction on failed records, then retries them', async ({ page, request }) => {
  const records = Array.from({ length: 30 }, (_, n) => ({ n }));
  const run = await finishedRun(request, await uploadRecords(request, 'thirds.json', records), thirds);
  await page.goto(`/runs/${run}/failures`);
  await expect(page.getByRole('article')).toContainText('ValueError: no thirds');

  await page.getByRole('link', { name: 'Fix the script and retry' }).click();
  const editor = page.getByRole('textbox', { name: 'main script of only', exact: true });
  await expect(editor).toContainText('no thirds');
  await expect(page.locator('.cm-activeLine')).toContainText('raise ValueError');
  await page.keyboard.press('Control+Enter');
  const trial = page.getByRole('region', { name: 'Try it' });
  await expect(trial.getByRole('article', { name: 'Record 2', exact: true })).toContainText('Failed');

  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('def transform(record):\n    return {**record, "fixed": True}\n');
  await page.keyboard.press('Control+Enter');

  const fixed = trial.getByRole('article', { name: 'Record 2', exact: true });
  await expect(fixed).toContainText('Succeeded');
  await fixed.getByRole('button', { name: '#2' }).click();
  await expect(fixed).toContainText('fixed');

  await page.getByRole('button', { name: 'Retry 10 records' }).click();
  await expect(page).toHaveURL(`/runs/${run}`);
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('Succeeded');
  await page.goto(`/runs/${run}/batches?batch=0`);
  await expect(page.getByRole('list', { name: 'Attempts' }).getByRole('listitem')).toHaveCount(2);
});

test('asks before a retry without changes, which fails again', async ({ page, request }) => {
  const records = Array.from({ length: 30 }, (_, n) => ({ n }));
  const run = await finishedRun(request, await uploadRecords(request, 'thirds.json', records), thirds);
  await page.goto(`/runs/${run}`);

  await page.getByRole('button', { name: 'Retry failed' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 10 records' }).click();

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect
    .poll(async () => {
      const again = await (await request.get(`/api/v1/runs/${run}`)).json();
      return [again.retries, again.status, again.records.failed];
    })
    .toEqual([1, 'PARTIAL', 10]);
  await expect(page.getByRole('button', { name: 'Retry failed' })).toBeVisible();
});
