import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aBatch, aFailure, aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { finished, routes, serveParts, serveRun } from './run-page-fixture';

beforeEach(serveParts);

test('polls a run until it is final', async () => {
  serveRun(aRun(), finished);

  renderPage(routes, '/runs/r1');

  expect(await screen.findByText('43%')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeInTheDocument();
  expect(await screen.findByText('Partial')).toBeInTheDocument();
  expect(screen.getByText('= 3 records')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Run again' })).toHaveAttribute('href', `/new?from=${finished.id}`);
  await waitFor(() => expect(document.title).toBe('Partial · capitals · Data Pipeline'));
});

test('cancels a run', async () => {
  let cancelled = false;
  server.use(
    http.get('*/api/v1/runs/:id', () =>
      HttpResponse.json(aRun({ status: cancelled ? 'CANCELLED' : 'RUNNING' })),
    ),
    http.post('*/api/v1/runs/:id/cancel', () => {
      cancelled = true;
      return HttpResponse.json(aRun({ status: 'CANCELLED' }));
    }),
  );
  renderPage(routes, '/runs/r1');

  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

  expect(await screen.findByText('Cancelled', { selector: 'span' })).toBeInTheDocument();
});

test('retries failed records after confirmation', async () => {
  let retried = false;
  server.use(
    http.get('*/api/v1/runs/:id', () =>
      HttpResponse.json(retried ? aRun({ id: 'r1', status: 'RUNNING', retries: 1 }) : finished),
    ),
    http.post('*/api/v1/runs/:id/retry', () => {
      retried = true;
      return HttpResponse.json(aRun({ id: 'r1', status: 'QUEUED', retries: 1 }), { status: 202 });
    }),
  );
  renderPage(routes, '/runs/r1');

  await userEvent.click(await screen.findByRole('button', { name: 'Retry failed' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('1 failed record');
  expect(retried).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Retry 1 record' }));

  expect(await screen.findByText('Retried once')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Retry failed' })).not.toBeInTheDocument();
});

test('offers no retry for a run without failures', async () => {
  serveRun({ ...finished, status: 'SUCCEEDED', records: { ...finished.records, succeeded: 2, failed: 0 } });

  renderPage(routes, '/runs/r1');

  expect(await screen.findByRole('link', { name: 'Run again' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Retry failed' })).not.toBeInTheDocument();
});

test('shows the attempts of a batch', async () => {
  serveRun(finished);
  server.use(
    http.get('*/api/v1/runs/:id/batches/0', () => HttpResponse.json(aBatch({ attempt: 2 }))),
    http.get('*/api/v1/runs/:id/batches/0/attempts', () =>
      HttpResponse.json({
        items: [
          {
            attempt: 1,
            outcome: 'ENGINE_DIED',
            reason: 'The engine left.',
            startedAt: '2026-03-01T09:59:57Z',
            finishedAt: '2026-03-01T09:59:58Z',
            succeeded: 0,
            failed: 0,
            skipped: 0,
          },
          {
            attempt: 2,
            outcome: 'SUCCEEDED',
            startedAt: '2026-03-01T10:00:01Z',
            finishedAt: '2026-03-01T10:00:03Z',
            succeeded: 10,
            failed: 0,
            skipped: 0,
          },
        ],
      }),
    ),
  );

  renderPage(routes, '/runs/r1/batches?batch=0');

  const attempts = await screen.findByRole('list', { name: 'Attempts' });
  const [first, second] = within(attempts).getAllByRole('listitem');
  expect(first).toHaveTextContent(/Engine crashed.*The engine left\./);
  expect(first?.querySelector('time')).toHaveAttribute('datetime', '2026-03-01T09:59:57Z');
  expect(second?.querySelector('[data-state="SUCCEEDED"]')).toHaveAttribute(
    'style',
    expect.stringContaining('width: 33.33'),
  );
  expect(second).toHaveTextContent('10 succeeded, 0 failed, 0 skipped');
  expect(second).toHaveTextContent('2 s');
});

test('says that a run does not exist', async () => {
  server.use(
    http.get('*/api/v1/runs/:id', () =>
      HttpResponse.json({ title: 'There is no such run', status: 404 }, { status: 404 }),
    ),
  );

  renderPage(routes, '/runs/gone');

  expect(await screen.findByRole('alert')).toHaveTextContent('There is no such run');
});

test('groups failures by cause, with links to records and script', async () => {
  serveRun(finished);
  server.use(
    http.get('*/api/v1/runs/:id/failures', () =>
      HttpResponse.json({ items: [aFailure({ spread: [9, 0, 0] })], total: 1 }),
    ),
    http.get('*/api/v1/runs/:id/correlations', () => HttpResponse.json({ group: 9, others: 0, items: [] })),
  );

  renderPage(routes, '/runs/r1/failures');

  const card = await screen.findByRole('article');
  expect(card).toHaveTextContent("KeyError: 'capital'");
  expect(within(card).getByRole('img', { name: /in 3 parts, at most 9 in one part/ })).toBeInTheDocument();
  expect(within(card).getByRole('link', { name: 'record 1' })).toHaveAttribute(
    'href',
    `/runs/${finished.id}/records/1?cause=0123456789abcdef`,
  );
  expect(within(card).getByRole('link', { name: 'Show records' })).toHaveAttribute(
    'href',
    `/runs/${finished.id}/records?cause=0123456789abcdef`,
  );
  expect(within(card).getByRole('link', { name: 'Open check.py at line 2' })).toBeInTheDocument();
});

test('retries only the records of one cause', async () => {
  let body: unknown;
  serveRun(finished);
  server.use(
    http.get('*/api/v1/runs/:id/failures', () => HttpResponse.json({ items: [aFailure()], total: 1 })),
    http.post('*/api/v1/runs/:id/retry', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(aRun({ id: 'r1', status: 'QUEUED', retries: 1 }), { status: 202 });
    }),
  );
  const { router } = renderPage(routes, '/runs/r1/failures');

  await userEvent.click(await screen.findByRole('button', { name: 'Retry without changes' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Other results do not change.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Retry 1 record' }));

  await waitFor(() => expect(router.state.location.pathname).toBe('/runs/r1'));
  expect(body).toEqual({ cause: '0123456789abcdef' });
});

test('the overview shows the most frequent causes with links to their records', async () => {
  serveRun(finished);
  server.use(
    http.get('*/api/v1/runs/:id/failures', () => HttpResponse.json({ items: [aFailure()], total: 1 })),
  );

  renderPage(routes, '/runs/r1');

  const causes = await screen.findByRole('region', { name: 'Why records failed' });
  expect(await within(causes).findByRole('link', { name: "KeyError: 'capital'" })).toHaveAttribute(
    'href',
    `/runs/${finished.id}/records?cause=0123456789abcdef`,
  );
});
