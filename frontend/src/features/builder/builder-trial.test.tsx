import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aRecord } from '@/testing/builders';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

test('tries the pipeline and shows the results', async () => {
  server.use(
    http.post('*/api/v1/try', () =>
      HttpResponse.json({
        records: [
          aRecord(),
          aRecord({
            index: 1,
            status: 'FAILED',
            stages: [],
            error: {
              step: 'step_1',
              stage: 'main',
              type: 'KeyError',
              message: "'x'",
              script: 'main.py',
              line: 3,
            },
          }),
        ],
        log: '#0 seen Italy',
      }),
    ),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);

  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));

  expect(await screen.findByText("KeyError: 'x'")).toBeInTheDocument();
  expect(screen.getByText('is_correct')).toBeInTheDocument();
  expect(screen.getByText('#0 seen Italy')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Open main.py at line 3' })).toBeInTheDocument();
});

test('a trial waits until the dataset is loaded', async () => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.get('*/api/v1/datasets/:id', async () => {
      await asked;
      return HttpResponse.json(dataset);
    }),
    http.post('*/api/v1/try', () => HttpResponse.json({ records: [aRecord()], log: '' })),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);

  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));
  answer();

  expect(await screen.findByRole('article', { name: 'Record 0' })).toBeInTheDocument();
});

test('results are marked when something has changed since, but not for another name', async () => {
  server.use(http.post('*/api/v1/try', () => HttpResponse.json({ records: [aRecord()], log: '' })));
  renderBuilder(`/new?dataset=${dataset.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));
  await screen.findByRole('article', { name: 'Record 0' });

  await userEvent.type(screen.getByLabelText('Pipeline name'), 'x');
  expect(screen.queryByText(/^You have changed something since/)).not.toBeInTheDocument();
  await userEvent.type(screen.getByDisplayValue('step_1'), 'x');

  expect(screen.getByText(/^You have changed something since/)).toBeInTheDocument();
});

test('a trial that takes long is cancelled', async () => {
  server.use(http.post('*/api/v1/try', () => new Promise(() => undefined)));
  renderBuilder(`/new?dataset=${dataset.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));

  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

  expect(screen.queryByText('The records are tried.')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try' })).toBeEnabled();
});
