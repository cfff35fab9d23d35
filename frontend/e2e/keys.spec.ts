import { expect, test } from '@playwright/test';
import { problemsInVariants, problemsOf } from './appearance';
import { finishedRun, uploadRecords } from './service';

/** Keys, texts for programs, and what the service says of itself and of data. */

test('? lists the keys and / goes to the search', async ({ page }) => {
  const problems = problemsOf(page);
  await page.goto('/datasets');
  await expect(page.getByRole('searchbox', { name: 'Search datasets' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search datasets' })).toBeFocused();
  await page.getByRole('heading', { name: 'Datasets' }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  problems.push(...(await problemsInVariants(page, 'keys')));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  expect(problems).toEqual([]);
});

test('a dataset is looked into, and a run is copied as a command that works', async ({
  page,
  request,
  baseURL,
}) => {
  const problems = problemsOf(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const records = Array.from({ length: 40 }, (_, n) => ({ at: `2026-03-${10 + (n % 9)}`, user: { age: n } }));
  const dataset = await uploadRecords(request, 'people.json', records);
  const run = await finishedRun(request, dataset, {
    name: 'same',
    main: 'def transform(record):\n    return record\n',
  });
  await page.goto(`/datasets/${dataset}`);
  await page.getByRole('button', { name: 'Look into the fields' }).click();
  await expect(page.getByRole('row', { name: /user\.age integer 100% 40 0 to 39/ })).toBeVisible();
  problems.push(...(await problemsInVariants(page, 'profile')));

  await page.goto(`/runs/${run}`);
  await page.getByRole('button', { name: 'Copy as code' }).click();
  await page.getByRole('menuitem', { name: 'Results with curl' }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toBe(`curl -fsS '${baseURL}/api/v1/runs/${run}/results?format=json&view=final'`);
  expect(problems).toEqual([]);
});
