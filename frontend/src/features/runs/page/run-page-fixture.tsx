import { HttpResponse, http } from 'msw';
import type { Run, RunRecord } from '@/api/types';
import { aBatch, aDataset, aRecord, aRun, aWindow } from '@/testing/builders';
import { server } from '@/testing/server';
import { BatchesTab } from '../batches/batches-tab';
import { FailuresTab } from '../failures/failures-tab';
import { OverviewTab } from '../overview/overview-tab';
import { RecordsTab } from '../records/records-tab';
import { RunPage } from './run-page';

// A run of three records and what the page asks about it, for the tests of the page.

export const routes = [
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

export const finished = aRun({
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

export function serveRun(...answers: Run[]) {
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(answers.length > 1 ? answers.shift() : answers[0])),
  );
}

/** Everything but the run itself. */
export function serveParts() {
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
}
