import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Run } from '@/api/types';
import { aRun } from '@/testing/builders';
import { aBuild, aRunEnvironment } from '@/testing/environment-builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunPage } from './run-page';

const routes = [
  { path: '/runs/:id', element: <RunPage />, children: [{ index: true, element: <p>overview</p> }] },
];

function show(...answers: Run[]) {
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(answers.length > 1 ? answers.shift() : answers[0])),
  );
  renderPage(routes, '/runs/r1');
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/environments/:id/log', () =>
      HttpResponse.json({ text: 'fetching pandas\n', next: 16, isFinal: true }),
    ),
  );
});

const { steps } = aBuild();
const building = aRunEnvironment({ status: 'BUILDING', steps, buildMillis: null });

test('the build of the environment is step 0, and one line afterwards', async () => {
  show(
    aRun({ id: 'r1', status: 'QUEUED', waitsFor: 'ENVIRONMENT', environment: building }),
    aRun({ id: 'r1', status: 'RUNNING', environment: aRunEnvironment() }),
  );

  const step = await screen.findByRole('region', { name: 'Step 0: Environment' });
  expect(within(step).getByRole('list', { name: 'Steps of the build' })).toHaveTextContent('31 of 48 MB');
  expect(await within(step).findByText('fetching pandas')).toBeInTheDocument();

  expect(await screen.findByText('Environment ready, built in 4.6 s')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: '2 packages' })).toHaveAttribute(
    'href',
    `/environments/${aRunEnvironment().id}`,
  );
  expect(screen.queryByRole('region', { name: 'Step 0: Environment' })).not.toBeInTheDocument();
});

test('a failed environment says why, and leads back to the builder', async () => {
  const error = {
    code: 'PACKAGES_CONFLICT',
    message: 'httpx 0.13 needs h11<0.10,\nand script clean.py needs h11>=0.14.',
  };
  const environment = aRunEnvironment({ status: 'FAILED', packages: [], error, steps });
  show(
    aRun({ id: 'r1', status: 'FAILED', statusReason: `PACKAGES_CONFLICT: ${error.message}`, environment }),
  );

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The packages do not fit together');
  expect(alert).toHaveTextContent('script clean.py needs h11>=0.14');
  expect(within(alert).getByRole('link', { name: 'Change the packages and run again' })).toHaveAttribute(
    'href',
    '/new?from=r1',
  );
  expect(screen.queryByText(/PACKAGES_CONFLICT/)).not.toBeInTheDocument();
});

test('a run that was cancelled while it waited does not wait any more', async () => {
  show(aRun({ id: 'r1', status: 'CANCELLED', environment: building }));

  expect(await screen.findByText('Building')).toBeInTheDocument();
  expect(screen.queryByRole('region', { name: 'Step 0: Environment' })).not.toBeInTheDocument();
});

test('a run without packages shows no environment', async () => {
  show(aRun({ id: 'r1' }));

  expect(await screen.findByText('overview')).toBeInTheDocument();
  expect(screen.queryByText(/Environment/)).not.toBeInTheDocument();
});
