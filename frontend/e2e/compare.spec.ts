import { expect, test } from '@playwright/test';
import { problemsInVariants } from './appearance';
import { finishedRun, uploadRecords } from './service';

const reviews = Array.from({ length: 60 }, (_, n) => ({ id: n, rating: n % 10 === 3 ? null : n % 5 }));

function scoring(line: string) {
  return { name: 'scoring', main: `def transform(record):\n    ${line}\n    return record\n` };
}

test('says what a correction has changed, over another upload of the same file', async ({
  page,
  request,
}) => {
  const before = await finishedRun(
    request,
    await uploadRecords(request, 'monday.json', reviews),
    scoring('record["stars"] = record["rating"] + 1'),
  );
  const after = await finishedRun(
    request,
    await uploadRecords(request, 'tuesday.json', reviews),
    scoring('record["stars"] = max(record["rating"] or 0, 1)'),
  );
  await page.goto(`/compare?a=${after}`);

  await page.getByLabel('Other run').selectOption(before);
  await expect(page).toHaveURL(`/compare?a=${before}&b=${after}`);
  const states = page.getByRole('table', { name: 'Records by state in both runs' });
  await expect(states.getByRole('row', { name: 'Failed Succeeded 6' })).toBeVisible();
  await expect(states.getByRole('row', { name: 'Succeeded Succeeded 54' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What changed' })).toContainText(
    'max(record["rating"] or 0, 1)',
  );

  const stars = page.getByRole('button', { name: /^stars/ });
  await stars.press('Enter');
  await expect(stars).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('radio', { name: /^Different value/ })).toBeChecked();
  await expect(page.getByRole('article').first()).toContainText('stars');
  expect(await problemsInVariants(page, 'compare')).toEqual([]);
});
