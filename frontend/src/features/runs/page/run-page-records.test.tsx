import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Run, RunRecord } from '@/api/types';
import { aBatch, aDataset, aRecord, aRun, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { BatchesTab } from '../batches/batches-tab';
import { FailuresTab } from '../failures/failures-tab';
import { OverviewTab } from '../overview/overview-tab';
import { RecordsTab } from '../records/records-tab';
import { RunPage } from './run-page';

const routes = [
  {
    path: '/runs/:id',
    element: <RunPage />,
    children: [
      { index: true, element: <OverviewTab /> },
      { path: 'records/:index?', element: <RecordsTab /> },
      { path: 'failures', element: <FailuresTab /> },
      { path: 'batches', element: <BatchesTab /> },
    ],
  },
];

const finished = aRun({
  id: 'r1',
  status: 'PARTIAL',
  records: { total: 3, succeeded: 1, failed: 1, skipped: 1, cancelled: 0, pending: 0 },
  batches: { total: 1, queued: 0, running: 0, succeeded: 1, failed: 0, cancelled: 0 },
  finishedAt: '2026-03-01T10:00:09Z',
});

const records: RunRecord[] = [
  aRecord(),
  aRecord({
    index: 1,
    status: 'FAILED',
    raw: { country: 'Kenya' },
    stages: [],
    error: {
      step: 'check',
      stage: 'main',
      type: 'KeyError',
      message: "'capital'",
      traceback: 'Traceback …',
      script: 'check.py',
      line: 2,
    },
  }),
  aRecord({
    index: 2,
    status: 'SKIPPED',
    raw: { country: 'Atlantis' },
    stages: [],
    skipped: 'not in the table',
  }),
];

function serveRun(...answers: Run[]) {
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(answers.length > 1 ? answers.shift() : answers[0])),
  );
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/runs/:id/failures', () => HttpResponse.json({ items: [], total: 0 })),
    http.get('*/api/v1/runs/:id/batches', () =>
      HttpResponse.json(aWindow([aBatch({ records: 3, failed: 1 })])),
    ),
    http.get('*/api/v1/runs/:id/batches/0/log', () => HttpResponse.text('#0 seen Italy\n#1 seen Kenya\n')),
    http.get('*/api/v1/runs/:id/records', ({ request }) => {
      const query = new URL(request.url).searchParams;
      const offset = Number(query.get('offset'));
      const limit = Number(query.get('limit'));
      const status = query.get('status');
      const matching = records.filter((record) => status === null || record.status === status);
      return HttpResponse.json(
        aWindow(matching.slice(offset, offset + limit), { offset, limit, total: matching.length }),
      );
    }),
  );
});

test('shows the changes of a stage and its output', async () => {
  serveRun(finished);

  renderPage(routes, '/runs/r1/records/0');

  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByText('is_correct')).toBeInTheDocument();
  expect(within(drawer).getByText('true')).toBeInTheDocument();
  expect(within(drawer).queryByText('"Italy"')).not.toBeInTheDocument();
  await userEvent.click(within(drawer).getByText('Show 1 unchanged field'));
  expect(within(drawer).getByText('"Italy"')).toBeInTheDocument();
  expect(await within(drawer).findByText('seen Italy')).toBeInTheDocument();
});

test('F opens the next failed record at the line of its error', async () => {
  serveRun(finished);
  const { router } = renderPage(routes, '/runs/r1/records/0');
  await screen.findByRole('dialog');

  await userEvent.keyboard('f');

  const error = await screen.findByRole('region', { name: 'Error' });
  expect(router.state.location.pathname).toBe('/runs/r1/records/1');
  expect(error).toHaveTextContent("KeyError: 'capital'");
  expect(within(error).getByText('return record', { exact: false })).toBeInTheDocument();
});

test('K opens the previous record and stops at the first', async () => {
  serveRun(finished);
  const { router } = renderPage(routes, '/runs/r1/records/1');
  await screen.findByRole('dialog');

  await userEvent.keyboard('kk');

  await waitFor(() => expect(router.state.location.pathname).toBe('/runs/r1/records/0'));
});

test('shows the input of the stage that failed', async () => {
  serveRun(finished);
  const failed = aRecord({
    status: 'FAILED',
    raw: { country: 'Kenya' },
    stages: [{ step: 'check', stage: 'pre', value: { country: 'Kenya', trimmed: true }, ms: 0.1 }],
    error: { step: 'check', stage: 'main', type: 'KeyError', message: "'capital'", line: 2 },
  });
  server.use(http.get('*/api/v1/runs/:id/records', () => HttpResponse.json(aWindow([failed]))));

  renderPage(routes, '/runs/r1/records/0');

  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('Input of main')).toBeInTheDocument();
  expect(dialog).toHaveTextContent('"trimmed": true');
  expect(within(dialog).getByRole('button', { name: 'main' })).toHaveAttribute('aria-pressed', 'true');
});
