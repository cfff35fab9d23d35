import { expect, type Page, test } from '@playwright/test';
import { finishedRun, startRun, uploadRecords } from './service';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

const slow = {
  name: 'slow',
  main: 'import time\ndef transform(record):\n    time.sleep(0.05)\n    return record\n',
};
const thirds = {
  name: 'thirds',
  main: 'def transform(record):\n    if record["n"] % 3 == 2:\n        raise ValueError("no thirds")\n    return record\n',
};

test('a run updates by itself and is cancelled', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'slow.json', numbers(2000));
  const run = await startRun(request, dataset, slow);
  await page.goto(`/runs/${run}`);
  await expect(page).toHaveTitle(/^\d+% · slow/);
  const bar = page.getByRole('progressbar', { name: 'Records done' });
  const before = Number(await bar.getAttribute('aria-valuenow'));
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(before);

  const cancel = page.getByRole('button', { name: 'Cancel' });
  const place = await cancel.boundingBox();
  await cancel.click();

  await expect(page).toHaveTitle(/^Cancelled · slow/);
  await expect(page.getByRole('group', { name: 'Actions of the run' })).toBeFocused();
  expect(await textAt(page, place)).not.toMatch(/Delete/);
  await expect(page.getByTestId('count-CANCELLED')).toBeVisible();
  await expect(page.getByText('= 2,000 records')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Run again' })).toBeVisible();
});

/** The text of what is in the middle of a place: what a second click would hit. */
function textAt(page: Page, place: { x: number; y: number; width: number; height: number } | null) {
  return page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.textContent ?? '', {
    x: (place?.x ?? 0) + (place?.width ?? 0) / 2,
    y: (place?.y ?? 0) + (place?.height ?? 0) / 2,
  });
}

test('the clock of a run goes on while none of its batches ends', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'long.json', numbers(40));
  const sleepy = {
    name: 'sleepy',
    main: 'import time\ndef transform(record):\n    time.sleep(1)\n    return record\n',
  };
  const run = await startRun(request, dataset, sleepy, 40);
  await page.goto(`/runs/${run}`);

  await expect(page.getByText(/^Running for [3-9](\.\d)? s$/)).toBeVisible();
  await expect(page.getByTestId('count-SUCCEEDED')).toContainText('0');

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveTitle(/^Cancelled/);
});

test('two tabs keep a draft each', async ({ context }) => {
  const tabs = [await context.newPage(), await context.newPage()];
  for (const [at, tab] of tabs.entries()) {
    await tab.goto('/new');
    await tab.getByLabel('Pipeline name').fill(`tab ${at}`);
  }

  for (const [at, tab] of tabs.entries()) {
    await tab.reload();
    await expect(tab.getByLabel('Pipeline name')).toHaveValue(`tab ${at}`);
  }
});

test('a run that starts has the focus on its page', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'focus.json', numbers(3));
  await page.goto(`/new?dataset=${dataset}`);
  await page.getByRole('button', { name: 'Run 3 records' }).press('Enter');

  await expect(page).toHaveTitle(/^Succeeded/);
  await expect(page.locator('main')).toBeFocused();
});

test('a dataset in use names its runs', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'used.json', numbers(3));
  const run = await finishedRun(request, dataset, thirds);
  await page.goto(`/datasets/${dataset}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: /^thirds/ }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run}$`));
});

test('the keyboard navigates records', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'thirds.json', numbers(300));
  const run = await finishedRun(request, dataset, thirds);
  await page.goto(`/runs/${run}/records/0`);
  const title = page.getByRole('dialog').getByText(/^Record \d/);
  await expect(title).toHaveText('Record 0');

  await page.keyboard.press('j');
  await expect(title).toHaveText('Record 1');
  await page.keyboard.press('f');
  await expect(title).toHaveText('Record 2');
  await page.keyboard.press('f');
  await expect(title).toHaveText('Record 5');
  await page.keyboard.press('k');
  await expect(title).toHaveText('Record 4');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`/runs/${run}/records$`));
});

test('a table of many records renders only visible rows', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'many.json', numbers(20_000));
  const pass = { name: 'pass', main: 'def transform(record):\n    return record\n' };
  const run = await finishedRun(request, dataset, pass, 2000);
  await page.goto(`/runs/${run}/records`);
  const table = page.getByRole('table', { name: 'Records' });
  await expect(table.getByRole('link', { name: 'Record 0', exact: true })).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(100);

  await page.getByRole('region', { name: 'Records' }).evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight;
  });

  await expect(table.getByRole('link', { name: 'Record 19999', exact: true })).toBeVisible();
});

test('a run is submitted again from its page', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'again.json', numbers(12));
  const run = await finishedRun(request, dataset, thirds, 5);
  await page.goto(`/runs/${run}`);

  await page.getByRole('link', { name: 'Run again' }).click();
  await expect(page.getByLabel('Batch size')).toHaveValue('5');
  await page.getByRole('button', { name: 'Run 12 records' }).click();

  await expect(page).not.toHaveURL(new RegExp(run));
  await expect(page).toHaveTitle(/^Partial · thirds/);
});

test('saves a pipeline and a second version, and shows what changed', async ({ page }) => {
  const name = `saved ${Date.now()}`;
  await page.goto('/new?example=text-cleanup');
  await page.getByLabel('Pipeline name').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved as version 1')).toBeVisible();

  await page.getByRole('textbox', { name: /^main script/ }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('\n# second version\n');
  await page.getByRole('button', { name: 'Save new version' }).click();
  await expect(page.getByText('Saved as version 2')).toBeVisible();

  await page.goto('/pipelines');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByLabel('Compared with').selectOption({ label: 'Version 1' });
  await expect(page.locator('[data-kind="added"]').filter({ hasText: '# second version' })).toBeVisible();
});

test('the page reports an unreachable service and recovers by itself', async ({ page, context }) => {
  await page.goto('/new');
  await page.getByLabel('Pipeline name').fill('typed before');

  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByText('The service is not responding')).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText('The service is not responding')).toBeHidden();
  await page.goto('/new');
  await expect(page.getByLabel('Pipeline name')).toHaveValue('typed before');
});

test('the table shows the row of the record that is open', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'thirds.json', numbers(300));
  const run = await finishedRun(request, dataset, thirds);

  await page.goto(`/runs/${run}/records/250`);
  await expect(page.getByRole('row').filter({ hasText: '250' })).toBeInViewport();

  await page.goto(`/runs/${run}/records/29`);
  await expect(page.getByRole('dialog').getByText('Record 29')).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByRole('row').filter({ hasText: /^32/ })).toBeInViewport({ ratio: 1 });
});

test('two runs of a dataset are compared record by record', async ({ page, request }) => {
  const dataset = await uploadRecords(request, 'compared.json', numbers(30));
  const first = await finishedRun(request, dataset, thirds);
  const fixed = {
    name: 'fixed',
    main: 'def transform(record):\n    if record["n"] == 0:\n        record["n"] = "zero"\n    return record\n',
  };
  const second = await finishedRun(request, dataset, fixed);
  await page.goto(`/runs/${first}`);

  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByLabel('Other run').selectOption(second);

  await expect(page.getByText('19 of 30 records have the same result.')).toBeVisible();
  await expect(page.getByText('Fixed 10')).toBeVisible();
  await page.getByText('Different value 1', { exact: true }).click();
  await expect(page.getByRole('article', { name: 'Record 0' })).toContainText('"zero"');
});
