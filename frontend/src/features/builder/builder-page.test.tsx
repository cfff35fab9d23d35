import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Pipeline, RunRequest } from '@/api/types';
import { aDataset, aFailure, anUpstream, aRecord, aRun, aSavedPipeline, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { BuilderPage } from './builder-page';

const routes = [
  { path: '/new', element: <BuilderPage /> },
  { path: '/runs/:id', element: <p>the run</p> },
];

const dataset = aDataset();

beforeEach(() => {
  server.use(
    http.get('*/api/v1/datasets', () => HttpResponse.json({ items: [dataset], nextCursor: null })),
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(dataset)),
    http.get('*/api/v1/datasets/:id/records', () => HttpResponse.json(aWindow([{ country: 'Italy' }]))),
    http.get('*/api/v1/pipelines', () => HttpResponse.json({ items: [], nextCursor: null })),
    http.post('*/api/v1/scripts/check', () => HttpResponse.json({ valid: true, problems: [] })),
  );
});

test('lists what is missing instead of submitting', async () => {
  renderPage(routes, '/new');

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
  renderPage(routes, `/new?dataset=${dataset.id}`);

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
  renderPage(routes, `/new?dataset=${dataset.id}`);
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
  renderPage(routes, '/new');
  await userEvent.click(await screen.findByRole('button', { name: 'More options' }));

  await userEvent.type(screen.getByLabelText('Concurrent records per batch'), '8x');

  expect(screen.getByLabelText('Concurrent records per batch')).toHaveValue('8');
});

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
  renderPage(routes, '/new?from=r1&script=check/main&line=2&try=3,4');

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
  renderPage(routes, `/new?from=r1&script=check/main&line=2&try=3,4&cause=${cause.id}`);

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
  renderPage(routes, '/new?from=r1');

  await userEvent.click(await screen.findByRole('button', { name: 'Retry 2 records' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('Not possible in this state');
});

test('keeps the draft over a reload until it is discarded', async () => {
  renderPage(routes, '/new');
  await userEvent.type(await screen.findByLabelText('Pipeline name'), 'kept');
  cleanup();

  renderPage(routes, '/new');

  expect(await screen.findByLabelText('Pipeline name')).toHaveValue('kept');
  await userEvent.click(screen.getByRole('button', { name: 'Discard draft' }));
  await waitFor(() => expect(screen.getByLabelText('Pipeline name')).toHaveValue(''));
});

test('shows a problem of a script at its line and prevents the run', async () => {
  server.use(
    http.post('*/api/v1/scripts/check', () =>
      HttpResponse.json({
        valid: false,
        problems: [
          { line: 4, column: 5, severity: 'error', message: 'invalid syntax', code: 'SCRIPT_SYNTAX' },
        ],
      }),
    ),
  );
  renderPage(routes, `/new?dataset=${dataset.id}`);

  expect(await screen.findByText('1 error')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Run 100 records' }));

  expect(screen.getByRole('alert')).toHaveTextContent('main.py of step_1, line 4: invalid syntax');
});

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
  renderPage(routes, `/new?dataset=${dataset.id}`);

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
  renderPage(routes, `/new?dataset=${dataset.id}`);

  await userEvent.click(await screen.findByRole('button', { name: 'Try' }));
  answer();

  expect(await screen.findByRole('article', { name: 'Record 0' })).toBeInTheDocument();
});

test('adds, moves, removes and restores steps', async () => {
  const { user, stepNames } = {
    user: userEvent.setup(),
    stepNames: () => screen.getAllByRole('article').map((card) => card.getAttribute('aria-label')),
  };
  renderPage(routes, '/new');
  await user.click(await screen.findByRole('button', { name: 'Add step' }));
  expect(stepNames()).toEqual(['Step 1, step_1', 'Step 2, step_2']);

  await user.click(screen.getAllByRole('button', { name: 'Move the step down' })[0] as HTMLElement);
  expect(stepNames()).toEqual(['Step 1, step_2', 'Step 2, step_1']);

  await user.click(screen.getAllByRole('button', { name: 'Remove the step' })[0] as HTMLElement);
  expect(stepNames()).toEqual(['Step 1, step_1']);

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(stepNames()).toEqual(['Step 1, step_2', 'Step 2, step_1']);
});

test('rejects a script file that is not UTF-8 and keeps the script', async () => {
  renderPage(routes, '/new');
  const edit = await screen.findByRole('button', { name: /^(Edit|Close) the main script of step_1$/ });
  const input = edit.parentElement?.querySelector('input[type=file]');

  await userEvent.upload(
    input as HTMLInputElement,
    new File([new Uint8Array([0x23, 0xe9, 0x0a])], 'latin.py'),
  );

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'latin.py is not UTF-8 (line 1). Save it as UTF-8',
  );
  expect(screen.queryByTitle('latin.py')).not.toBeInTheDocument();

  await userEvent.upload(
    input as HTMLInputElement,
    new File(['def transform(r):\n    return r\n'], 'good.py'),
  );

  expect(await screen.findByTitle('good.py')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

/** A service with an upstream, and a draft whose script calls it. */
async function openWithModels() {
  const source = 'from datapipeline import chat\n';
  server.use(
    http.get('*/api/v1/llm/upstreams', () =>
      HttpResponse.json({
        items: [anUpstream()],
        runBudget: '1.00',
        trialBudget: '0.10',
        defaultMaxOutputTokens: 4096,
      }),
    ),
    http.get('*/api/v1/pipelines/p1', () =>
      HttpResponse.json(
        aSavedPipeline({
          id: 'p1',
          steps: [{ name: 'ask', main: { name: 'ask.py', source } }],
          llm: { models: ['small'], budget: '2.00' },
        }),
      ),
    ),
  );
  renderPage(routes, `/new?pipeline=p1&dataset=${dataset.id}`);
  await screen.findByLabelText('Budget, in dollars');
}

test('a run has the model options of its saved pipeline, as they were changed', async () => {
  let request: RunRequest | undefined;
  server.use(
    http.post('*/api/v1/runs', async (call) => {
      request = (await call.request.json()) as RunRequest;
      return HttpResponse.json(aRun({ id: 'r1' }), { status: 202 });
    }),
  );
  await openWithModels();

  await userEvent.clear(screen.getByLabelText('Budget, in dollars'));
  await userEvent.type(screen.getByLabelText('Budget, in dollars'), '3.50');
  await userEvent.click(await screen.findByRole('button', { name: 'Run 100 records' }));

  expect(await screen.findByText('the run')).toBeInTheDocument();
  expect(request?.llm).toEqual({ models: ['small'], budget: '3.50' });
});

test('a refused model option is shown at its field until it is changed', async () => {
  server.use(
    http.post('*/api/v1/runs', () =>
      HttpResponse.json(
        {
          title: 'Unknown model',
          status: 422,
          errors: [{ pointer: '/llm/models/0', message: 'openai does not allow the model small.' }],
        },
        { status: 422 },
      ),
    ),
  );
  await openWithModels();
  const section = within(screen.getByRole('region', { name: 'Model calls' }));

  await userEvent.click(await screen.findByRole('button', { name: 'Run 100 records' }));
  expect(await section.findByText('openai does not allow the model small.')).toBeInTheDocument();
  await userEvent.click(section.getByRole('checkbox', { name: 'large' }));

  expect(section.queryByText('openai does not allow the model small.')).not.toBeInTheDocument();
});

test('a trial shows what its calls cost, and its budget can be taken over', async () => {
  let request: { llm?: unknown } | undefined;
  server.use(
    http.post('*/api/v1/try', async (call) => {
      request = (await call.request.json()) as { llm?: unknown };
      return HttpResponse.json({
        records: [aRecord({ llm: { calls: 1, cost: '0.1' } })],
        log: '',
        llm: { calls: 1, promptTokens: 100, completionTokens: 20, cachedTokens: 0, cost: '0.1' },
      });
    }),
  );
  await openWithModels();

  await userEvent.click(screen.getByRole('button', { name: 'Try' }));
  const trial = within(screen.getByRole('region', { name: 'Try it' }));
  expect(await trial.findByText(/1 call, \$0.10/)).toBeInTheDocument();
  expect(request?.llm).toEqual({ models: ['small'], budget: '2.00' });
  await userEvent.click(trial.getByRole('button', { name: 'Set the budget to $13.00' }));

  expect(screen.getByLabelText('Budget, in dollars')).toHaveValue('13.00');
  expect(trial.getByText(/The budget of \$13.00 is enough./)).toBeInTheDocument();
});
