import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Environment, Pipeline, RunRequest } from '@/api/types';
import { aPipelineSummary, aRecord, aRun, aSavedPipeline } from '@/testing/builders';
import { aBuild, anEnvironment } from '@/testing/environment-builders';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

/** Answers with the given states of an environment in turn. */
function serveEnvironment(...answers: Environment[]) {
  server.use(
    http.post('*/api/v1/environments', () => HttpResponse.json(answers[0], { status: 202 })),
    http.get('*/api/v1/environments/:id', () =>
      HttpResponse.json(answers.length > 1 ? answers.shift() : answers[0]),
    ),
  );
}

const saved = aSavedPipeline({ id: 'p1', environment: { packages: ['pandas>=2'] } });

function servePipeline() {
  server.use(
    http.get('*/api/v1/pipelines/:id', () => HttpResponse.json(saved)),
    http.get('*/api/v1/pipelines', () =>
      HttpResponse.json({ items: [aPipelineSummary({ id: 'p1' })], nextCursor: null }),
    ),
  );
}

async function addPackages(text: string) {
  await userEvent.click(await screen.findByRole('button', { name: 'Add packages' }));
  await userEvent.click(await screen.findByRole('textbox', { name: 'Packages, one per line' }));
  await userEvent.paste(text);
}

test('runs with the packages of a saved pipeline and those that were added', async () => {
  let request: RunRequest | undefined;
  serveEnvironment(anEnvironment());
  servePipeline();
  server.use(
    http.post('*/api/v1/runs', async (call) => {
      request = (await call.request.json()) as RunRequest;
      return HttpResponse.json(aRun({ id: 'r1' }), { status: 202 });
    }),
  );
  renderBuilder(`/new?pipeline=p1&dataset=${dataset.id}`);

  await userEvent.click(await screen.findByRole('textbox', { name: 'Packages, one per line' }));
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await userEvent.paste('httpx\n');
  await userEvent.click(await screen.findByRole('button', { name: 'Run 100 records' }));

  expect(await screen.findByText('the run')).toBeInTheDocument();
  expect(request?.pipeline?.environment?.packages?.join()).toContain('httpx');
  expect(request?.pipeline?.environment?.packages?.join()).toContain('pandas>=2');
});

test('saves packages with the pipeline, and opens them with it', async () => {
  let sent: Pipeline | undefined;
  serveEnvironment(anEnvironment());
  servePipeline();
  server.use(
    http.post('*/api/v1/pipelines', async ({ request }) => {
      sent = (await request.json()) as Pipeline;
      return HttpResponse.json(saved, { status: 201 });
    }),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);

  await addPackages('httpx\n');
  await userEvent.type(screen.getByLabelText('Pipeline name'), 'check');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent?.environment).toEqual({ packages: ['httpx'] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Open saved' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'capitals, version 1' }));

  await waitFor(() =>
    expect(screen.getByRole('textbox', { name: 'Packages, one per line' })).toHaveTextContent('pandas>=2'),
  );
});

test('packages are a part of the draft that a reload brings back', async () => {
  serveEnvironment(anEnvironment());
  renderBuilder('/new');
  await addPackages('# data\npandas\n');
  cleanup();

  renderBuilder('/new');

  expect(await screen.findByRole('textbox', { name: 'Packages, one per line' })).toHaveTextContent('# data');
});

test('a trial waits for its environment, shows the build, and goes on by itself', async () => {
  const building = aBuild();
  let isReady = false;
  serveEnvironment(building);
  server.use(
    http.get('*/api/v1/environments/:id', () => HttpResponse.json(isReady ? anEnvironment() : building)),
    http.post('*/api/v1/try', () =>
      isReady
        ? HttpResponse.json({ records: [aRecord()], log: '' })
        : HttpResponse.json(
            { title: 'Not built yet', status: 409, code: 'ENVIRONMENT_NOT_READY', environment: building.id },
            { status: 409 },
          ),
    ),
  );
  servePipeline();
  renderBuilder(`/new?pipeline=p1&dataset=${dataset.id}`);

  const trial = await screen.findByRole('region', { name: 'Try it' });
  await userEvent.click(within(trial).getByRole('button', { name: 'Try' }));

  const step = await within(trial).findByRole('region', { name: 'Environment' });
  expect(step).toHaveTextContent('The trial starts when its packages are installed.');
  expect(step).toHaveTextContent('31 of 48 MB');
  isReady = true;
  expect(await within(trial).findByRole('article', { name: 'Record 0' })).toBeInTheDocument();
  expect(within(trial).queryByRole('region', { name: 'Environment' })).not.toBeInTheDocument();
});

test('a trial need not be waited for', async () => {
  const building = aBuild();
  serveEnvironment(building);
  server.use(
    http.post('*/api/v1/try', () =>
      HttpResponse.json(
        { title: 'Not built yet', status: 409, code: 'ENVIRONMENT_NOT_READY', environment: building.id },
        { status: 409 },
      ),
    ),
  );
  servePipeline();
  renderBuilder(`/new?pipeline=p1&dataset=${dataset.id}`);

  const trial = await screen.findByRole('region', { name: 'Try it' });
  await userEvent.click(within(trial).getByRole('button', { name: 'Try' }));
  await userEvent.click(await within(trial).findByRole('button', { name: 'Stop waiting' }));

  expect(within(trial).getByRole('button', { name: 'Try' })).toBeEnabled();
  expect(within(trial).queryByRole('alert')).not.toBeInTheDocument();
});
