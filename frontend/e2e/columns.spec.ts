import { expect, type Page, test } from '@playwright/test';
import { problemsInVariants } from './appearance';
import { finishedRun, startRun, uploadRecords } from './service';

/** Fourteen fields of input, and the scripts make two more. */
const wide = (count: number) =>
  Array.from({ length: count }, (_, id) => ({
    id,
    ...Object.fromEntries(Array.from({ length: 13 }, (_one, at) => [`field ${at}`, `value ${at} of ${id}`])),
  }));

const scoring = (name: string) => ({
  name,
  main: [
    'def transform(record):',
    '    if record["id"] % 20 == 7:',
    '        raise ValueError(f"no score for {record[\'id\']}")',
    '    record["score"] = record["id"] * 2',
    '    record["verdict"] = "good" if record["id"] % 2 else "bad"',
    '    return record',
    '',
  ].join('\n'),
});

const heads = (page: Page) =>
  page.getByRole('table', { name: 'Records' }).getByRole('columnheader').allTextContents();

test('a user sees at once what the scripts made, and arranges the columns', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'wide.json', wide(200));
  const run = await finishedRun(request, dataset, scoring(`scoring ${Date.now()}`), 20);
  await page.goto(`/runs/${run}/records`);

  await expect
    .poll(() => heads(page))
    .toEqual(['#', 'State', 'score', 'verdict', 'Reason', 'id', ...fields(9)]);
  const failed = page.getByRole('row').filter({ hasText: 'no score for 7' });
  await expect(failed).toContainText('value 0 of 7');
  expect(await problemsInVariants(page, 'records')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole('button', { name: 'Columns 12 of 16' }).click();
  await page.getByLabel('Search a column').fill('field 12');
  await page.getByRole('checkbox', { name: 'field 12' }).click();
  await expect(page.getByRole('checkbox', { name: 'field 12' })).toBeChecked();
  await page.getByLabel('Search a column').fill('');
  await page.getByRole('button', { name: 'Pin id' }).click();
  await page.getByRole('checkbox', { name: 'field 0' }).click();
  await page.getByLabel('Width of verdict').selectOption('Wide');
  expect(await problemsInVariants(page, 'columns')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns 12 of 16' })).toBeFocused();
  const chosen = await heads(page);
  expect(chosen.slice(0, 5)).toEqual(['#', 'State', 'id', 'Reason', 'score']);
  expect(chosen.at(-1)).toBe('field 12');

  const table = page.getByRole('region', { name: 'Records' });
  await table.evaluate((element) => element.scrollTo({ left: 5000 }));
  await expect(page.getByRole('columnheader', { name: 'field 12' })).toBeInViewport();
  await expect(page.getByRole('columnheader', { name: 'id', exact: true })).toBeInViewport();
  await expect(page.getByRole('link', { name: 'Record 3', exact: true })).toBeInViewport();

  // The whole row is a link, which lies over its cells.
  await page.getByRole('cell', { name: 'value 12 of 3', exact: true }).click({ force: true });
  await expect(page.getByRole('dialog').getByText('Record 3')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(() => heads(page)).toEqual(chosen);
  await expect(page).toHaveURL(/columns=id%2Cscore/);
});

test('the chosen columns stand in the address, and come back with the pipeline', async ({
  page,
  request,
}) => {
  const dataset = await uploadRecords(request, 'wide.json', wide(20));
  const pipeline = scoring(`columns ${Date.now()}`);
  const first = await finishedRun(request, dataset, pipeline);
  const second = await finishedRun(request, dataset, pipeline);

  await page.goto(`/runs/${first}/records?columns=verdict,field%25203&pinned=1`);
  await expect.poll(() => heads(page)).toEqual(['#', 'State', 'verdict', 'Reason', 'field 3']);
  await page.getByRole('button', { name: /^Columns/ }).click();
  await page.getByRole('button', { name: 'Only what the scripts made' }).click();
  await expect.poll(() => heads(page)).toEqual(['#', 'State', 'Reason', 'score', 'verdict']);

  await page.goto(`/runs/${second}/records`);

  await expect(page).toHaveURL(/columns=score%2Cverdict/);
  await expect.poll(() => heads(page)).toEqual(['#', 'State', 'Reason', 'score', 'verdict']);
});

test('the columns follow a run that has only begun', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'growing.json', wide(60));
  const slow = {
    name: `growing ${Date.now()}`,
    main: 'import time\ndef transform(record):\n    time.sleep(0.3)\n    record["NEW"] = 1\n    return record\n',
  };
  const run = await startRun(request, dataset, slow, 20);
  await page.goto(`/runs/${run}/records`);
  await expect.poll(() => heads(page)).toContain('field 0');
  expect(await heads(page)).not.toContain('NEW');

  await expect.poll(() => heads(page), { timeout: 40_000 }).toContain('NEW');

  expect((await heads(page))[2]).toBe('NEW');
  await page.getByRole('button', { name: 'Cancel' }).click();
});

function fields(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `field ${at}`);
}
