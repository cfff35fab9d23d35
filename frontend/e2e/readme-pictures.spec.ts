import { type Page, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

/** Takes the pictures of the README and writes them to README_PICTURES; see playwright.config.ts. */
const folder = process.env.README_PICTURES ?? 'test-results';

test.use({ viewport: { width: 1280, height: 760 } });

const totals = `def transform(record):
    total = record["price"] * int(record["quantity"])
    record["per_piece"] = round(total / record["quantity"], 2)
    record["total"] = round(total, 2)
    return record
`;

test('the builder', async ({ page }) => {
  await page.goto('/new?example=capitals');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await page.getByRole('article', { name: 'Record 0' }).waitFor();
  await picture(page, 'builder');
});

test('a run and one of its failures', async ({ page, request }) => {
  const orders = Array.from({ length: 20_000 }, (_, n) => ({
    order_id: `A-${100_000 + n}`,
    customer: ['Anna Novak', 'Ben Rossi', 'Clara Silva', 'David Hansen'][n % 4],
    quantity: quantityOf(n),
    ...(n % 900 === 17 ? {} : { price: ((n * 7919) % 20_000) / 100 }),
  }));
  const dataset = await uploadRecords(request, 'orders.json', orders);
  const run = await finishedRun(request, dataset, { name: 'order totals', main: totals }, 40);

  await page.goto(`/runs/${run}`);
  await picture(page, 'run');
  await page.goto(`/runs/${run}/records/33`);
  await picture(page, 'failure');
});

/** Sometimes a text, sometimes nothing. */
function quantityOf(n: number): number | string {
  if (n % 700 === 33) {
    return '3 pieces';
  }
  return n % 1700 === 5 ? 0 : 1 + (n % 9);
}

async function picture(page: Page, name: string) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}
