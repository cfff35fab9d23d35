import { expect, type Page, test } from '@playwright/test';
import { problemsInVariants, problemsOf } from './appearance';

/** The pages of a service with users, with its answers made up: the service of these tests has none. */

const seen = '2026-11-30T10:00:00Z';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const projects = ['default', 'x'.repeat(63)].map((name, at) => ({ id: `p${at}`, name, role: 'ADMIN' }));

const answers = {
  '/api/v1/projects': { items: projects.map((project) => ({ ...project, createdAt: seen })) },
  '/api/v1/projects/default': {
    ...projects[0],
    createdAt: seen,
    quotas: {
      openRuns: { limit: 20, own: true, used: 3 },
      storageBytes: { limit: 50_000_000_000, own: false, used: 12_345_678_901 },
      trials: { own: false, used: 0 },
      modelMoney: { limit: '25.00', own: true, used: '3.141592653589' },
    },
  },
  '/api/v1/projects/default/members': {
    items: ['ada.lovelace@example.org', 'grace', 'x'.repeat(64)].map((username, at) => ({
      id: `u${at}`,
      username,
      role: 'EDITOR',
      active: at < 2,
      addedAt: seen,
    })),
  },
  '/api/v1/me': { singleUser: false, username: 'ada.lovelace@example.org', role: 'ADMIN', projects },
  '/api/v1/me/sessions': {
    items: ['a', 'b'].map((id) => ({
      id,
      current: id === 'a',
      createdAt: seen,
      lastUsedAt: seen,
      expiresAt: '2027-11-30T10:00:00Z',
      address: '2001:db8::7',
      browser: firefox,
    })),
  },
  '/api/v1/api-keys': {
    items: [
      {
        id: '0123456789abcdef',
        name: 'nightly import',
        project: 'default',
        role: 'EDITOR',
        createdAt: seen,
        expiresAt: seen,
      },
      {
        id: 'fedcba9876543210',
        name: 'x'.repeat(100),
        project: 'x'.repeat(63),
        role: 'VIEWER',
        createdAt: seen,
        lastUsedAt: seen,
      },
    ],
  },
  '/api/v1/users': {
    items: [
      {
        username: 'ada.lovelace@example.org',
        role: 'ADMIN',
        active: true,
        hasPassword: true,
        lastSeenAt: seen,
      },
      { username: 'grace', role: 'EDITOR', active: true, hasPassword: false },
      { username: 'x'.repeat(64), role: 'VIEWER', active: false, hasPassword: true },
    ].map((user, at) => ({ id: `u${at}`, createdAt: seen, ...user })),
  },
  '/api/v1/secrets': {
    items: ['openai', 'x'.repeat(64)].map((name) => ({
      name,
      createdAt: seen,
      changedAt: seen,
      changedBy: 'ada.lovelace@example.org',
    })),
  },
  '/api/v1/audit': {
    items: (['SUCCEEDED', 'REFUSED', 'DENIED', 'FAILED', 'UNKNOWN'] as const).map((outcome, at) => ({
      number: 9 - at,
      id: `a${at}`,
      at: seen,
      username: at === 1 ? 'x'.repeat(64) : 'ada.lovelace@example.org',
      key: at === 0 ? '0123456789abcdef' : null,
      address: '2001:db8::7',
      operation: 'POST /api/v1/runs/{id}/retry',
      target: '7f3a4a5e-6c0f-4d8e-9f64-3b1a7c2d9e10',
      project: 'default',
      outcome,
      status: outcome === 'UNKNOWN' ? null : 403,
      attempts: at === 2 ? 12 : 1,
      digest: 'd',
    })),
    nextCursor: 'next',
  },
};

async function serviceWithUsers(page: Page) {
  for (const [path, body] of Object.entries(answers)) {
    await page.route(
      (url) => url.pathname === path,
      (route) => route.fulfill({ json: body }),
    );
  }
}

const notSignedIn = { title: 'Not signed in', status: 401, code: 'NOT_SIGNED_IN', detail: 'Sign in.' };

test('signing in is accessible and fits in every variant', async ({ page }) => {
  const problems = problemsOf(page);
  await page.route('**/api/v1/**', (route) => route.fulfill({ status: 401, json: notSignedIn }));
  await page.goto('/runs');
  await expect(page.getByLabel('Username')).toBeVisible();

  problems.push(...(await problemsInVariants(page, 'sign-in')));

  expect(problems).toEqual([]);
});

for (const name of ['choose-password', 'first-administrator']) {
  test(`the page ${name} is accessible and fits in every variant`, async ({ page }) => {
    const problems = problemsOf(page);
    await page.goto(`/${name}#secret`);
    await expect(page.getByLabel('New password')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');

    problems.push(...(await problemsInVariants(page, name)));

    expect(problems).toEqual([]);
  });
}

for (const name of ['account', 'users', 'projects', 'projects/default', 'audit', 'secrets']) {
  test(`the page ${name} is accessible and fits in every variant`, async ({ page }) => {
    const problems = problemsOf(page);
    await serviceWithUsers(page);
    await page.goto(`/${name}`);
    await expect(page.getByRole('table').first()).toBeVisible();

    problems.push(...(await problemsInVariants(page, name.replace('/', '-'))));

    expect(problems).toEqual([]);
  });
}

test('the keyboard alone signs in', async ({ page }) => {
  let sent: unknown;
  await page.route('**/api/v1/**', (route) => {
    if (new URL(route.request().url()).pathname === '/api/v1/session') {
      sent = route.request().postDataJSON();
      return route.fulfill({ json: answers['/api/v1/me'] });
    }
    return sent === undefined ? route.fulfill({ status: 401, json: notSignedIn }) : route.continue();
  });
  await page.goto('/datasets');
  await expect(page.getByLabel('Username')).toBeVisible();

  await page.getByLabel('Username').focus();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Datasets' })).toBeVisible();
  expect(sent).toEqual({ username: 'ada', password: 'correct horse battery' });
});
