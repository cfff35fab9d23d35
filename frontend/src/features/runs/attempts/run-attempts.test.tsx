import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { Outlet } from 'react-router';
import { expect, test } from 'vitest';
import type { Run, RunAttempt } from '@/api/types';
import { aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { PipelineTab } from '../page/pipeline-tab';

const stepsWith = (source: string) => [{ name: 'check', main: { name: 'check.py', source } }];

function anAttempt(number: number, values: Partial<RunAttempt>): RunAttempt {
  return {
    number,
    status: 'PARTIAL',
    submittedAt: '2026-11-30T12:00:00Z',
    startedAt: '2026-11-30T12:00:01Z',
    finishedAt: '2026-11-30T12:00:04Z',
    recordsPerSecond: 1024,
    pipeline: { name: 'scoring' },
    records: { succeeded: 4689, failed: 311, skipped: 0, cancelled: 0 },
    hasOtherScripts: false,
    ...values,
  };
}

function show(run: Run, attempts: RunAttempt[]) {
  server.use(
    http.get('*/api/v1/runs/:id/attempts', () => HttpResponse.json({ items: attempts })),
    http.get('*/api/v1/runs/:id/attempts/1/steps', () => HttpResponse.json(stepsWith('first = 1\n'))),
  );
  renderPage(
    [
      {
        path: '/runs/:id',
        element: <Outlet context={run} />,
        children: [{ path: 'pipeline', element: <PipelineTab /> }],
      },
    ],
    `/runs/${run.id}/pipeline`,
  );
}

const retried = aRun({
  status: 'SUCCEEDED',
  retries: 1,
  pipeline: { name: 'scoring', steps: stepsWith('second = 2\n') },
});

test('every attempt has its figures, and its scripts are one click away', async () => {
  show(retried, [anAttempt(2, { hasOtherScripts: true }), anAttempt(1, {})]);

  const first = (await screen.findByText('As submitted')).closest('tr');
  expect(within(first as HTMLElement).getByText('4,689')).toBeInTheDocument();
  expect(within(first as HTMLElement).getByText('3 s')).toBeInTheDocument();
  expect(screen.getByText('Corrected')).toBeInTheDocument();
  expect(screen.queryByText(/Earlier attempts/)).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole('link', { name: 'Scripts of attempt 1' }));

  expect(await screen.findByRole('heading', { name: 'From attempt 1 to attempt 2' })).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Scripts of attempt 1' })).toBeInTheDocument();
});

test('says that earlier attempts were not kept', async () => {
  show(retried, [anAttempt(2, {})]);

  expect(await screen.findByText(/^Earlier attempts were not kept/)).toBeInTheDocument();
});

test('a run that was never retried shows its scripts alone', async () => {
  show(aRun({ retries: 0, pipeline: { name: 'scoring', steps: stepsWith('only = 1\n') } }), []);

  expect(await screen.findByText(/only = 1/)).toBeInTheDocument();
  expect(screen.queryByRole('heading', { name: 'Attempts' })).not.toBeInTheDocument();
});
