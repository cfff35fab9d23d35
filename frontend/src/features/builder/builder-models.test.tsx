import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { RunRequest } from '@/api/types';
import { anUpstream, aRecord, aRun, aSavedPipeline } from '@/testing/builders';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

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
  renderBuilder(`/new?pipeline=p1&dataset=${dataset.id}`);
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
