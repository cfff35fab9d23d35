import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Pipeline } from '@/api/types';
import { aFailure, aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

test('a corrected script retries the run it comes from', async () => {
  let request: { pipeline?: Pipeline } | undefined;
  const run = aRun({
    id: 'r1',
    status: 'PARTIAL',
    records: { total: 100, succeeded: 90, failed: 7, skipped: 0, cancelled: 3, pending: 0 },
  });
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(run)),
    http.post('*/api/v1/runs/:id/retry', async (call) => {
      request = (await call.request.json()) as { pipeline?: Pipeline };
      return HttpResponse.json({ ...run, status: 'QUEUED' }, { status: 202 });
    }),
  );
  renderBuilder('/new?from=r1&script=check/main&line=2&try=3,4');

  await userEvent.click(await screen.findByRole('button', { name: 'Retry 10 records' }));

  expect(await screen.findByText('the run')).toBeInTheDocument();
  expect(request?.pipeline?.steps[0]?.name).toBe('check');
});

test('a corrected script retries the records of one cause', async () => {
  let request: { cause?: string } | undefined;
  const run = aRun({
    id: 'r1',
    status: 'PARTIAL',
    records: { total: 100, succeeded: 90, failed: 10, skipped: 0, cancelled: 0, pending: 0 },
  });
  const cause = aFailure({ count: 4 });
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(run)),
    http.get('*/api/v1/runs/:id/failures', () => HttpResponse.json({ items: [cause], total: 10 })),
    http.post('*/api/v1/runs/:id/retry', async (call) => {
      request = (await call.request.json()) as { cause?: string };
      return HttpResponse.json({ ...run, status: 'QUEUED' }, { status: 202 });
    }),
  );
  renderBuilder(`/new?from=r1&script=check/main&line=2&try=3,4&cause=${cause.id}`);

  expect(await screen.findByRole('button', { name: 'Retry all 10 records' })).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Retry these 4 records' }));

  expect(await screen.findByText('the run')).toBeInTheDocument();
  expect(request?.cause).toBe(cause.id);
});

test('shows why a retry was rejected', async () => {
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(aRun({ status: 'CANCELLED' }))),
    http.post('*/api/v1/runs/:id/retry', () =>
      HttpResponse.json({ title: 'Not possible in this state', status: 409 }, { status: 409 }),
    ),
  );
  renderBuilder('/new?from=r1');

  await userEvent.click(await screen.findByRole('button', { name: 'Retry 2 records' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('Not possible in this state');
});
