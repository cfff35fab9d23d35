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
