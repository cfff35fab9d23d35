import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aRecord, aRun, aWindow } from '@/testing/builders';
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

test('a record is pinned, and tried again with what is expected of it', async () => {
  const tried: unknown[] = [];
  let made = { country: 'Italy', is_correct: true };
  server.use(
    http.post('*/api/v1/try', async ({ request }) => {
      tried.push(((await request.json()) as { records: unknown }).records);
      const stages = [{ step: 'step_1', stage: 'main' as const, value: made, ms: 0.1 }];
      return HttpResponse.json({ records: [aRecord({ stages })], log: '' });
    }),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Pin as sample' }));

  await userEvent.selectOptions(screen.getByLabelText('Records to try'), 'Pinned samples (1)');
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));
  expect(await screen.findByRole('article', { name: 'Sample 1' })).toBeInTheDocument();
  expect(tried).toEqual([[{ country: 'Italy' }], [{ country: 'Italy' }]]);
  await userEvent.click(screen.getByRole('button', { name: 'Expect this result' }));
  expect(screen.getByText('1 of 1 sample as expected')).toBeInTheDocument();

  made = { country: 'Italy', is_correct: false };
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));

  expect(await screen.findByText('0 of 1 sample as expected')).toBeInTheDocument();
  expect(screen.getByText('Not as expected')).toBeInTheDocument();
});

test('a record of a run is edited and tried', async () => {
  let tried: unknown;
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(aRun())),
    http.get('*/api/v1/runs/:id/records', ({ request }) =>
      new URL(request.url).searchParams.get('offset') === '4711'
        ? HttpResponse.json(aWindow([aRecord({ index: 4711, raw: { country: 'Itlay' } })]))
        : HttpResponse.json(aWindow([])),
    ),
    http.post('*/api/v1/try', async ({ request }) => {
      tried = ((await request.json()) as { records: unknown }).records;
      return HttpResponse.json({ records: [aRecord()], log: '' });
    }),
  );
  renderBuilder('/new?from=r1&sample=4711');
  const text = await screen.findByLabelText('Sample 1');
  expect(text).toHaveValue('{\n  "country": "Itlay"\n}');

  await userEvent.clear(text);
  await userEvent.paste('[1]');
  expect(screen.getByText('A record is an object, such as {"id": 1}.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Keep' })).toBeDisabled();
  await userEvent.clear(text);
  await userEvent.paste('{"country": "Italy"}');
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));

  await screen.findByRole('article', { name: 'Sample 1' });
  expect(tried).toEqual([{ country: 'Italy' }]);
});

test('equal failures are folded, and results are shown as a table with what has changed', async () => {
  const error = {
    step: 'step_1',
    stage: 'main' as const,
    type: 'KeyError',
    message: "'x'",
    script: 'main.py',
    line: 3,
  };
  server.use(
    http.get('*/api/v1/datasets/:id/records', () =>
      HttpResponse.json(aWindow([{ country: 'Italy' }, { country: 'Peru' }, { country: 'Mali' }])),
    ),
    http.post('*/api/v1/try', () =>
      HttpResponse.json({
        records: [
          aRecord(),
          aRecord({ index: 1, status: 'FAILED', stages: [], error }),
          aRecord({ index: 2, status: 'FAILED', stages: [], error }),
        ],
        log: '',
      }),
    ),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));
  const second = within(await screen.findByRole('article', { name: 'Record 2' }));
  expect(second.getByText('as #1')).toBeInTheDocument();
  expect(second.getByRole('button', { name: /#2/ })).toHaveAttribute('aria-expanded', 'false');

  const views = within(screen.getByRole('radiogroup', { name: 'Results as' }));
  await userEvent.click(views.getByRole('radio', { name: 'Table' }));

  const table = within(screen.getByRole('region', { name: 'Results as a table' }));
  expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
    'Record',
    'State',
    'is_correct',
    'country',
  ]);
  expect(table.getByRole('cell', { name: 'true' })).toHaveAttribute('data-changed');
  expect(table.getAllByRole('cell', { name: 'Italy' })[0]).not.toHaveAttribute('data-changed');
});
