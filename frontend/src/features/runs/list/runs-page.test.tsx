import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aRun, aRunModelCalls } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunsPage } from './runs-page';

const routes = [{ path: '/runs', element: <RunsPage /> }];

test('lists runs with their state and filters them by the address', async () => {
  const run = aRun({ status: 'PARTIAL', finishedAt: '2026-03-01T10:00:09Z' });
  server.use(
    http.get('*/api/v1/runs', ({ request }) => {
      const status = new URL(request.url).searchParams.get('status');
      return HttpResponse.json({ items: status === 'FAILED' ? [] : [run], nextCursor: null });
    }),
  );
  const { router } = renderPage(routes, '/runs');
  expect(await screen.findByRole('link', { name: 'capitals' })).toHaveAttribute('href', `/runs/${run.id}`);

  await userEvent.click(screen.getByRole('radio', { name: 'Failed' }));

  expect(await screen.findByText('No runs in this state')).toBeInTheDocument();
  expect(router.state.location.search).toBe('?status=FAILED');
});

test('an empty list says how to start', async () => {
  server.use(http.get('*/api/v1/runs', () => HttpResponse.json({ items: [], nextCursor: null })));

  renderPage(routes, '/runs');

  expect(await screen.findByText('No runs yet')).toBeInTheDocument();
});

test('offers a retry after an error', async () => {
  server.use(
    http.get(
      '*/api/v1/runs',
      () => HttpResponse.json({ title: 'The database does not answer', status: 503 }, { status: 503 }),
      { once: true },
    ),
    http.get('*/api/v1/runs', () => HttpResponse.json({ items: [aRun()], nextCursor: null })),
  );
  renderPage(routes, '/runs');
  expect(await screen.findByRole('alert')).toHaveTextContent('The database does not answer');

  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

  expect(await screen.findByRole('link', { name: 'capitals' })).toBeInTheDocument();
});

test('a paused run can be found, and shows what its model calls have cost', async () => {
  const paused = aRun({ status: 'PAUSED', name: 'claims', llm: aRunModelCalls({ spent: '4.99' }) });
  const plain = aRun({ id: 'r2', name: 'plain', status: 'PARTIAL' });
  server.use(
    http.get('*/api/v1/runs', ({ request }) => {
      const status = new URL(request.url).searchParams.get('status');
      const found = [paused, plain].filter((run) => status === null || run.status === status);
      return HttpResponse.json({ items: found, nextCursor: null });
    }),
  );
  renderPage(routes, '/runs');
  expect(await screen.findByRole('columnheader', { name: 'Cost' })).toBeInTheDocument();
  expect(screen.getByText('$4.99')).toBeInTheDocument();

  await userEvent.click(screen.getByRole('radio', { name: 'Paused' }));

  await waitFor(() => expect(screen.queryByText('plain')).not.toBeInTheDocument());
  expect(screen.getByText('Paused 43%')).toBeInTheDocument();
});
