import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { RunRequest } from '@/api/types';
import { aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

test('lists what is missing instead of submitting', async () => {
  renderBuilder('/new');

  await userEvent.click(await screen.findByRole('button', { name: 'Run' }));

  expect(screen.getByRole('alert')).toHaveTextContent('Choose a dataset.');
});

test('submits the draft and opens the run', async () => {
  let request: RunRequest | undefined;
  let key: string | null = null;
  server.use(
    http.post('*/api/v1/runs', async (call) => {
      request = (await call.request.json()) as RunRequest;
      key = call.request.headers.get('Idempotency-Key');
      return HttpResponse.json(aRun({ id: 'r1' }), { status: 202 });
    }),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);

  await userEvent.type(await screen.findByLabelText('Pipeline name'), 'check');
  await userEvent.clear(screen.getByLabelText('Batch size'));
  await userEvent.type(screen.getByLabelText('Batch size'), '25');
  expect(await screen.findByText('100 records in 4 batches')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Run 100 records' }));

  expect(await screen.findByText('the run')).toBeInTheDocument();
  expect(request).toMatchObject({ datasetId: dataset.id, batchSize: 25, pipeline: { name: 'check' } });
  expect(request?.pipeline?.steps).toHaveLength(1);
  expect(key).toMatch(/\d/);
});

test('an invalid option is reported and prevents the run until it is corrected', async () => {
  let requests = 0;
  server.use(
    http.post('*/api/v1/runs', () => {
      requests += 1;
      return HttpResponse.json(aRun({ id: 'r1' }), { status: 202 });
    }),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More options' }));
  const parallel = screen.getByLabelText('Max parallel batches');

  await userEvent.type(parallel, '0');
  await userEvent.click(await screen.findByRole('button', { name: 'Run 100 records' }));

  expect(screen.getByRole('alert')).toHaveTextContent('Max parallel batches must be a whole number');
  expect(parallel).toBeInvalid();
  expect(requests).toBe(0);

  await userEvent.clear(parallel);
  await userEvent.click(screen.getByRole('button', { name: 'Run 100 records' }));
  expect(await screen.findByText('the run')).toBeInTheDocument();
});

test('a number field accepts no letters', async () => {
  renderBuilder('/new');
  await userEvent.click(await screen.findByRole('button', { name: 'More options' }));

  await userEvent.type(screen.getByLabelText('Concurrent records per batch'), '8x');

  expect(screen.getByLabelText('Concurrent records per batch')).toHaveValue('8');
});

test('keeps the draft over a reload until it is discarded', async () => {
  renderBuilder('/new');
  await userEvent.type(await screen.findByLabelText('Pipeline name'), 'kept');
  cleanup();

  renderBuilder('/new');

  expect(await screen.findByLabelText('Pipeline name')).toHaveValue('kept');
  await userEvent.click(screen.getByRole('button', { name: 'Discard draft' }));
  await waitFor(() => expect(screen.getByLabelText('Pipeline name')).toHaveValue(''));
});
