import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { finishedRun, uploadRecords } from './service';

/** Large runs and large records: no task of the page takes more than 200 ms, so that it answers whatever it shows. */
const mostMilliseconds = 200;

const fields = Array.from({ length: 500 }, (_, n) => `field_${n}`);

async function largeRun(request: APIRequestContext): Promise<string> {
  const records = Array.from({ length: 100_000 }, (_, n) => ({ n, name: `number ${n}` }));
  const dataset = await uploadRecords(request, 'failures.json', records);
  const main =
    'def transform(record):\n    raise ValueError("kind %d of %s" % (record["n"], "xyz"[record["n"] % 3]))\n';
  return finishedRun(request, dataset, { name: 'all fail', main }, 1000);
}

async function wideRun(request: APIRequestContext): Promise<string> {
  const wide = Object.fromEntries(fields.map((field, n) => [field, `value ${n}`]));
  const large = { text: 'x'.repeat(2_500_000), list: Array.from({ length: 250_000 }, (_, n) => n % 1000) };
  const nested = { deep: Array.from({ length: 40_000 }, (_, n) => ({ n, tag: 'some text' })) };
  const records = [large, nested, ...Array.from({ length: 200 }, (_, n) => ({ ...wide, n }))];
  const main = 'def transform(record):\n    return {**record, "seen": True}\n';
  const dataset = await uploadRecords(request, 'wide.json', records);
  return finishedRun(request, dataset, { name: 'wide', main }, 50);
}

let failing = '';
let wide = '';

test.beforeAll(async ({ request }) => {
  test.setTimeout(240_000);
  failing = await largeRun(request);
  wide = await wideRun(request);
});

type TraceEvent = {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of wall-clock time and of CPU time. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
};

const mostVisits = 6;

/** The shortest of up to six visits: other load on the machine only adds time. */
async function longestTask(page: Page, what: string, visit: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let visits = 0; visits < mostVisits && least > mostMilliseconds; visits += 1) {
    least = Math.min(least, await longestTaskOfOne(page, what, visit));
  }
  return least;
}

/**
 * Milliseconds of the longest task that a visit causes in the main thread of the page. CPU time is counted, because the
 * wall-clock time of a task depends on the other programs of the machine.
 */
async function longestTaskOfOne(page: Page, what: string, visit: () => Promise<void>): Promise<number> {
  const browser = page.context().browser() as Browser;
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await visit();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  const { traceEvents } = JSON.parse(`${await browser.stopTracing()}`) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const own = new Set(
    traceEvents.filter(({ args }) => args.name === 'CrRendererMain').map((event) => thread(event)),
  );
  // Tasks that began before the trace have no times.
  const tasks = traceEvents.filter(
    (event) => event.name === 'RunTask' && own.has(thread(event)) && event.tdur !== undefined,
  );
  expect(tasks.length, 'tasks in the trace').toBeGreaterThan(10);
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => Math.round(tdur / 1000)));
  const byClock = Math.max(...tasks.map(({ dur = 0 }) => Math.round(dur / 1000)));
  test.info().annotations.push({ type: what, description: `${longest} ms, ${byClock} ms by the clock` });
  return longest;
}

test('stays responsive with a hundred thousand failures', async ({ page }) => {
  const seen: Record<string, number> = {};
  for (const part of [
    '',
    '/failures',
    '/records',
    '/records?error=ValueError',
    '/records?q=number+99999',
    '/batches',
  ]) {
    seen[part] = await longestTask(page, `failures ${part}`, async () => {
      await page.goto(`/runs/${failing}${part}`);
      if (part.startsWith('/records')) {
        const list = page.getByRole('region', { name: 'Records' });
        await expect(list.getByRole('link').first()).toBeVisible();
        for (let step = 0; step < 8; step++) {
          await list.evaluate((scroller) => scroller.scrollBy(0, 2500));
          await page.waitForTimeout(60);
        }
      }
    });
  }
  expect(Math.max(...Object.values(seen)), JSON.stringify(seen)).toBeLessThanOrEqual(mostMilliseconds);
});

test('stays responsive with records of five megabytes and of five hundred fields', async ({ page }) => {
  const seen: Record<string, number> = {};
  for (const part of ['', '/records', '/records/0', '/records/1', '/records/2', '/records?q=value+499']) {
    seen[part] = await longestTask(page, `large and wide ${part}`, async () => {
      await page.goto(`/runs/${wide}${part}`);
      if (/\/\d$/.test(part)) {
        const drawer = page.getByRole('dialog');
        await expect(drawer.getByRole('group', { name: 'Stages' })).toBeVisible();
        await drawer.getByRole('button', { name: 'raw', exact: true }).click();
        await drawer.getByRole('button', { name: /^All changes/ }).click();
        await drawer.getByRole('button', { name: /unchanged field/ }).click();
      }
    });
  }
  expect(Math.max(...Object.values(seen)), JSON.stringify(seen)).toBeLessThanOrEqual(mostMilliseconds);
});

test('shows and tries large records', async ({ page, request }) => {
  const run = await (await request.get(`/api/v1/runs/${wide}`)).json();
  const dataset = await longestTask(page, 'the dataset', async () => {
    await page.goto(`/datasets/${run.dataset.id}`);
  });
  const trial = await longestTask(page, 'the trial', async () => {
    await page.goto(`/new?from=${wide}`);
    await page.getByRole('region', { name: 'Try it' }).getByRole('button', { name: /^Try/ }).click();
    await expect(page.getByRole('article', { name: 'Record 0' })).toContainText('Succeeded');
  });

  expect(Math.max(dataset, trial), `${dataset}, ${trial}`).toBeLessThanOrEqual(mostMilliseconds);
});
