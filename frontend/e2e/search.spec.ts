import { expect, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

/** Of a hundred records, ten fail because of a value and ten because of a missing key; one has unusual words. */
const twoCauses = {
  name: 'two causes',
  main: [
    'def transform(record):',
    '    if record["n"] % 10 == 3:',
    '        raise ValueError("no %d here" % record["n"])',
    '    if record["n"] % 10 == 7:',
    '        return {"lost": record["missing"]}',
    '    if record["n"] == 42:',
    '        record["words"] = "100% <b>sure</b> \\\\o/ \\"Größe\\""',
    '    return record',
    '',
  ].join('\n'),
};

const hundred = Array.from({ length: 100 }, (_, n) => ({ n }));

test('finds records by text, step and error, and keeps the filter in the address', async ({
  page,
  request,
}) => {
  const run = await finishedRun(request, await uploadRecords(request, 'found.json', hundred), twoCauses);
  await page.goto(`/runs/${run}/records`);
  const table = page.getByRole('table', { name: 'Records' });

  for (const text of ['100% <b>', '\\o/ "GRÖSSE"'.replace('SS', 'ß')]) {
    await page.getByRole('searchbox', { name: 'Search in records' }).fill(text);
    await expect(page).toHaveURL((address) => address.searchParams.get('q') === text);
    await expect(page.getByRole('status')).toHaveText('1 record');
    await expect(table.getByRole('link', { name: 'Record 42', exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('searchbox', { name: 'Search in records' })).toHaveValue(text);
    await expect(page.getByRole('status')).toHaveText('1 record');
  }

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search in records' })).toHaveValue('');
  await page.getByLabel('Failed step').selectOption('only · main');
  await expect(page.getByRole('status')).toHaveText('20 records');
  await page.getByRole('combobox', { name: 'Error', exact: true }).selectOption('KeyError');
  await expect(page.getByRole('status')).toHaveText('10 records');
  await expect(page).toHaveURL(/\?step=only&stage=main&error=KeyError$/);
  await page.goBack();
  await expect(page.getByRole('status')).toHaveText('20 records');
});

test('navigates from a cause to its records, through them by keyboard, and back', async ({
  page,
  request,
}) => {
  const run = await finishedRun(request, await uploadRecords(request, 'walked.json', hundred), twoCauses);
  await page.goto(`/runs/${run}/failures`);
  const card = page.getByRole('article').filter({ hasText: 'ValueError: no … here' });

  await card.getByRole('link', { name: 'Show records' }).click();
  await expect(page.getByRole('status')).toHaveText('10 records');
  await page.keyboard.press('j');
  const title = page.getByRole('dialog').getByText(/^Record \d/);
  await expect(title).toHaveText('Record 3');
  await page.keyboard.press('j');
  await expect(title).toHaveText('Record 13');
  await page.keyboard.press('k');
  await expect(title).toHaveText('Record 3');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText('10 records');
  await page.getByRole('searchbox', { name: 'Search in records' }).fill('nobody wrote this');
  await expect(page.getByText('No matching record contains this text')).toBeVisible();
});

test('retries one cause and leaves the others', async ({ page, request }) => {
  const run = await finishedRun(request, await uploadRecords(request, 'retried.json', hundred), twoCauses);
  await page.goto(`/runs/${run}/failures`);
  const card = page.getByRole('article').filter({ hasText: 'KeyError' });

  await card.getByRole('button', { name: 'Retry without changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 10 records' }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run}$`));
  await expect(page).toHaveTitle(/^Partial/);
  await expect(page.getByText('Retried once')).toBeVisible();
  await expect(page.getByTestId('count-FAILED')).toContainText('20');

  await page.goto(`/runs/${run}/failures`);
  await card.getByRole('link', { name: 'Fix the script and retry' }).click();
  const editor = page.getByRole('textbox', { name: 'main script of only', exact: true });
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('def transform(record):\n    return {"fixed": True}\n');
  await page.getByRole('button', { name: 'Retry these 10 records' }).click();

  await expect(page).toHaveURL(new RegExp(`/runs/${run}$`));
  await expect(page.getByTestId('count-FAILED')).toContainText('10');
  await expect(page.getByTestId('count-SUCCEEDED')).toContainText('90');
  await page.getByRole('link', { name: 'Failures 10' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article')).toContainText('ValueError');
});
