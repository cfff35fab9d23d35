import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Environment } from '@/api/types';
import { aBuild, anEnvironment } from '@/testing/environment-builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { EnvironmentPage } from './environment-page';

const routes = [
  { path: '/environments', element: <p>all environments</p> },
  { path: '/environments/:id', element: <EnvironmentPage /> },
];

function show(...environments: Environment[]) {
  server.use(
    http.get('*/api/v1/environments/:id', ({ params }) =>
      HttpResponse.json(environments.find(({ id }) => id === params.id)),
    ),
    http.get('*/api/v1/environments/:id/log', () =>
      HttpResponse.json({ text: 'fetching pandas\n', next: 16, isFinal: true }),
    ),
  );
  return renderPage(routes, `/environments/${environments[0]?.id}`);
}

test('shows what was asked for, what that means, and who uses it', async () => {
  const usedBy = { pipelines: [{ id: 'p1', name: 'capitals', version: 2 }], openRuns: 1, runs: 7 };
  show(anEnvironment({ usedBy }));

  expect(await screen.findByRole('heading', { name: 'pandas>=2' })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'capitals, version 2' })).toHaveAttribute('href', '/pipelines/p1');
  expect(screen.getByText('7 runs, 1 of them not finished')).toBeInTheDocument();
  expect(screen.getByRole('row', { name: 'numpy 2.0.1 18 MB pandas' })).toBeInTheDocument();
  expect(screen.queryByRole('log')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Show the log' }));
  expect(await screen.findByRole('log')).toHaveTextContent('fetching pandas');
});

test('offers the lock for download', async () => {
  const environment = anEnvironment();
  show(environment);

  await userEvent.click(await screen.findByRole('button', { name: 'Download the lock' }));

  const address = `/api/v1/environments/${environment.id}/lock?format=`;
  expect(await screen.findByRole('menuitem', { name: 'pylock.toml' })).toHaveAttribute(
    'href',
    `${address}pylock`,
  );
  expect(screen.getByRole('menuitem', { name: 'requirements.txt with hashes' })).toHaveAttribute(
    'href',
    `${address}requirements`,
  );
});

test('an update resolves the same requirements anew and shows what changed', async () => {
  let asked: unknown;
  const twice = ['packages, line 1', 'script clean.py'].map((from) => ({ requirement: 'pandas>=2', from }));
  const before = anEnvironment({ id: 'e1', declared: twice, requiresPython: '>=3.11' });
  const after = anEnvironment({
    id: 'e2',
    packages: before.packages.map((one) => (one.name === 'pandas' ? { ...one, version: '2.3.0' } : one)),
  });
  const { router } = show(before, after);
  server.use(
    http.post('*/api/v1/environments', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(after, { status: 202 });
    }),
  );

  await userEvent.click(await screen.findByRole('button', { name: 'Look for updates' }));

  const changes = await screen.findByRole('table', { name: 'Changed packages' });
  const source = '# /// script\n# requires-python = ">=3.11"\n# ///\n';
  expect(asked).toEqual({
    packages: ['pandas>=2'],
    scripts: [{ name: 'requires-python', source }],
    update: true,
  });
  expect(router.state.location.search).toBe('?against=e1');
  expect(
    within(changes).getByRole('row', { name: 'pandas 2.2.0 2.3.0 Another version' }),
  ).toBeInTheDocument();
  expect(within(changes).queryByRole('row', { name: /numpy/ })).not.toBeInTheDocument();
});

test('an update that finds nothing newer says so', async () => {
  const environment = anEnvironment();
  show(environment);
  server.use(http.post('*/api/v1/environments', () => HttpResponse.json(environment, { status: 202 })));

  await userEvent.click(await screen.findByRole('button', { name: 'Look for updates' }));

  expect(await screen.findByText('The packages and their versions are the same.')).toBeInTheDocument();
});

async function removeIt() {
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the environment' }));
}

test('asks before it removes an environment, then shows the others', async () => {
  const { router } = show(anEnvironment());
  server.use(http.delete('*/api/v1/environments/:id', () => new HttpResponse(null, { status: 204 })));

  await removeIt();

  expect(await screen.findByText('all environments')).toBeInTheDocument();
  expect(router.state.location.pathname).toBe('/environments');
});

test('says why an environment cannot be removed', async () => {
  show(anEnvironment());
  const detail = 'Run capitals uses it. Cancel the run, or wait until it has ended.';
  server.use(
    http.delete('*/api/v1/environments/:id', () =>
      HttpResponse.json(
        { title: 'The environment is in use', detail, status: 409, code: 'ENVIRONMENT_IN_USE' },
        { status: 409 },
      ),
    ),
  );

  await removeIt();

  expect(await screen.findByRole('alert')).toHaveTextContent(detail);
});

test('shows a build with its log, and why it failed', async () => {
  const error = { code: 'HASH_MISMATCH', message: 'numpy-2.0.1.whl has another hash than the index says.' };
  show(aBuild({ status: 'FAILED', error }));

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'A wheel is not the one that the index announced',
  );
  await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('fetching pandas'));
});
