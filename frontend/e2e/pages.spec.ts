import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import {
  applyVariant,
  problemsInVariant,
  problemsInVariants,
  problemsOf,
  settled,
  variants,
} from './appearance';
import { finishedRun, uploadRecords } from './service';

/** Every page in light, dark and narrow: no axe violations, no horizontal overflow, and a screenshot to look at. */

/** The ids that the addresses of the pages need. */
interface Shown {
  run: string;
  other: string;
  cause: string;
  pipeline: string;
  dataset: string;
}

// Both workers run these tests, each with its own runs.
test.describe.configure({ mode: 'parallel' });

let shown: Shown;

test.beforeAll(async ({ request }) => {
  const people = Array.from({ length: 240 }, (_, n) => ({
    id: n,
    name: n % 5 === 0 ? 'مرحبا بالعالم' : `A rather long name that goes on and on, number ${n}`,
    score: n / 7,
    tags: ['a', 'b'],
  }));
  const dataset = await uploadRecords(request, 'people.json', people);
  const main = [
    'def transform(record):',
    '    if record["id"] % 60 == 7:',
    '        return {"ratio": 1 / (record["id"] % 60 - 7)}',
    '    if record["id"] % 50 == 9:',
    '        raise SkipRecord("not of interest")',
    '    print("seen", record["name"])',
    '    record["grade"] = "high" if record["score"] > 20 else "low"',
    '    record["name"] = record["name"].upper()',
    '    return record',
    '',
  ].join('\n');
  const run = await finishedRun(request, dataset, { name: 'grades', main }, 6);
  const lower = main.replace('.upper()', '.lower()').replace('"score"] > 20', '"score"] > 15');
  const other = await finishedRun(request, dataset, { name: 'grades, lower', main: lower }, 6);
  const saved = await request.post('/api/v1/pipelines', {
    data: { name: 'grades', steps: [{ name: 'only', main: { name: 'main.py', source: main } }] },
  });
  const failures = await (await request.get(`/api/v1/runs/${run}/failures`)).json();
  shown = { run, other, cause: failures.items[0].id, pipeline: (await saved.json()).id, dataset };
});

const pages = {
  home: () => '/',
  new: () => '/new',
  builder: () => '/new?example=capitals',
  runs: () => '/runs',
  run: ({ run }) => `/runs/${run}`,
  records: ({ run }) => `/runs/${run}/records`,
  found: ({ run }) => `/runs/${run}/records?error=ZeroDivisionError&q=number`,
  cause: ({ run, cause }) => `/runs/${run}/records/67?cause=${cause}`,
  'nothing-found': ({ run }) => `/runs/${run}/records?status=FAILED&q=nowhere`,
  record: ({ run }) => `/runs/${run}/records/3`,
  'failed-record': ({ run }) => `/runs/${run}/records/7`,
  failures: ({ run }) => `/runs/${run}/failures`,
  correction: ({ run, cause }) => `/new?from=${run}&script=only/main&line=3&try=7,67&cause=${cause}`,
  batches: ({ run }) => `/runs/${run}/batches?batch=1`,
  'run-pipeline': ({ run }) => `/runs/${run}/pipeline`,
  compare: ({ run, other }) => `/compare?a=${run}&b=${other}`,
  pipelines: () => '/pipelines',
  pipeline: ({ pipeline }) => `/pipelines/${pipeline}`,
  datasets: () => '/datasets',
  dataset: ({ dataset }) => `/datasets/${dataset}`,
  environments: () => '/environments',
  system: () => '/system',
  nowhere: () => '/no/such/page',
} satisfies Record<string, (shown: Shown) => string>;

for (const [name, address] of Object.entries(pages)) {
  test(`the page ${name} is accessible and fits in every variant`, async ({ page }) => {
    const problems = problemsOf(page);
    await page.goto(address(shown));

    problems.push(...(await problemsInVariants(page, name)));

    expect(problems).toEqual([]);
  });
}

/** Menus and dialogs: the page, the button that opens them, and their role. */
const overlays = [
  { name: 'retry-dialog', page: 'run', button: 'Retry failed', role: 'dialog' },
  { name: 'delete-dialog', page: 'run', button: 'Delete', role: 'dialog' },
  { name: 'cause-retry-dialog', page: 'failures', button: 'Retry without changes', role: 'dialog' },
  { name: 'labels-dialog', page: 'run', button: 'Rename, note, tags', role: 'dialog' },
  { name: 'download-dialog', page: 'run', button: 'Download', role: 'dialog' },
  { name: 'saved-menu', page: 'builder', button: 'Open saved', role: 'menu' },
  { name: 'dataset-dialog', page: 'dataset', button: 'Delete', role: 'dialog' },
  { name: 'pipeline-dialog', page: 'pipeline', button: 'Delete', role: 'dialog' },
  { name: 'run-options', page: 'builder', button: 'More options', role: 'region' },
] as const;

for (const overlay of overlays) {
  test(`${overlay.name} is accessible in every variant`, async ({ page }) => {
    const problems = problemsOf(page);
    await page.goto(pages[overlay.page](shown));
    const button = page.getByRole('button', { name: overlay.button, exact: true }).first();

    for (const variant of variants) {
      await applyVariant(page, variant);
      await button.click();
      await expect(page.getByRole(overlay.role).first()).toBeVisible();
      problems.push(...(await problemsInVariant(page, overlay.name, variant)));
      if (overlay.role === 'region') {
        await page.getByRole('button', { name: 'Fewer options' }).click();
      } else {
        await page.keyboard.press('Escape');
        await expect(page.getByRole(overlay.role)).toHaveCount(0);
        await expect(button, `${overlay.name} gives the focus back`).toBeFocused();
      }
    }

    expect(problems).toEqual([]);
  });
}

test('browsers revalidate pages and cache assets', async ({ page, request }) => {
  const assets: string[] = [];
  page.on('request', (call) => {
    if (call.url().includes('/assets/')) {
      assets.push(call.url());
    }
  });
  await page.goto('/new?example=capitals');
  await settled(page);

  for (const address of ['/', '/runs', '/favicon.svg']) {
    expect((await request.get(address)).headers()['cache-control'], address).toBe('no-cache');
  }
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) {
    expect((await request.get(asset)).headers()['cache-control'], asset).toContain('immutable');
  }
});

test('an unknown address links to the home page', async ({ page }) => {
  await page.goto('/no/such/page');

  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expect(page).toHaveURL(/\/$/);
});

test('loads nothing from other origins', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (call) => {
    if (/^https?:/.test(call.url()) && !call.url().startsWith(baseURL ?? '')) {
      foreign.push(call.url());
    }
  });

  for (const address of ['/', '/new?example=capitals', '/runs']) {
    await page.goto(address);
    await settled(page);
  }

  expect(foreign).toEqual([]);
});

test('the first view is small', async ({ page }) => {
  await page.addInitScript(() => {
    // The other pages are prefetched when the browser is idle; in this test it never is.
    window.requestIdleCallback = () => 0;
  });
  const sizes: Promise<number>[] = [];
  page.on('response', (answer) => {
    if (!answer.url().includes('/api/')) {
      sizes.push(answer.body().then((body) => gzipSync(body).length));
    }
  });

  await page.goto('/');
  await settled(page);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);

  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(300_000);
});
