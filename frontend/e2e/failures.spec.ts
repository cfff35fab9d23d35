import { expect, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

const thirds = {
  name: 'thirds',
  main: 'def transform(record):\n    if record["n"] % 3 == 2:\n        raise ValueError("no thirds")\n    return record\n',
};

test('a fix is tried on the records that failed', async ({ page, request }) => {
  const records = Array.from({ length: 30 }, (_, n) => ({ n }));
  const run = await finishedRun(request, await uploadRecords(request, 'thirds.json', records), thirds);
  await page.goto(`/runs/${run}/failures`);
  await expect(page.getByRole('article')).toContainText('ValueError: no thirds');

  await page.getByRole('link', { name: 'Try a fix on these' }).click();
  const editor = page.getByRole('textbox', { name: 'main script of only', exact: true });
  await expect(editor).toContainText('no thirds');
  await expect(page.locator('.cm-activeLine')).toContainText('raise ValueError');
  await page.keyboard.press('Control+Enter');
  const trial = page.getByRole('region', { name: 'Try it' });
  await expect(trial.getByRole('article', { name: 'Record 2', exact: true })).toContainText('Failed');

  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('def transform(record):\n    return {**record, "mended": True}\n');
  await page.keyboard.press('Control+Enter');

  const mended = trial.getByRole('article', { name: 'Record 2', exact: true });
  await expect(mended).toContainText('Succeeded');
  await mended.getByRole('button', { name: '#2' }).click();
  await expect(mended).toContainText('mended');
});
