import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { ModelCall, Run } from '@/api/types';
import {
  aBatch,
  aDataset,
  aModelCall,
  aRecord,
  aRun,
  aRunModelCalls,
  aWindow,
  someStageCalls,
} from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunPage } from '../page/run-page';
import { RecordsTab } from '../records/records-tab';
import { ModelCallsTab } from './model-calls-tab';

const routes = [
  {
    path: '/runs/:id',
    element: <RunPage />,
    children: [
      { index: true, element: <p>overview</p> },
      { path: 'model-calls', element: <ModelCallsTab /> },
      { path: 'records/:index?', element: <RecordsTab /> },
    ],
  },
];

const failed = aModelCall({
  id: 'c2',
  record: 7,
  status: 'FAILED',
  httpStatus: 400,
  error: 'The context is too long.',
  cost: '0',
});
const unattributed = aModelCall({ id: 'c3', record: null, step: null, script: null });

/** A service whose lists have two calls per page. */
function serve(calls: ModelCall[], changes: Partial<Run> = {}) {
  server.use(
    http.get('*/api/v1/runs/:id', () =>
      HttpResponse.json(aRun({ id: 'r1', status: 'PARTIAL', llm: aRunModelCalls(), ...changes })),
    ),
    http.get('*/api/v1/runs/:id/llm/calls', ({ request }) => {
      const query = new URL(request.url).searchParams;
      const from = Number(query.get('cursor') ?? 0);
      const found = calls.filter(
        (call) =>
          (query.get('status') ?? call.status) === call.status &&
          (query.get('record') ?? String(call.record)) === String(call.record),
      );
      return HttpResponse.json({
        calls: found.slice(from, from + 2),
        next: from + 2 < found.length ? String(from + 2) : null,
      });
    }),
  );
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/runs/:id/llm', () =>
      HttpResponse.json({
        stages: [
          someStageCalls({ model: 'cheap', spent: '0.1' }),
          someStageCalls({
            model: 'dear',
            spent: '0.9',
            unsettled: '0.2',
            failed: 3,
            replays: 20,
            cacheHits: 4,
          }),
        ],
        slowest: [aModelCall({ tookMillis: 9400 })],
        dearest: [aModelCall({ cost: '0.31' })],
        failed: [failed],
      }),
    ),
  );
});

test('sums the calls by step and model, the dearest first', async () => {
  serve([aModelCall()]);
  renderPage(routes, '/runs/r1/model-calls');

  const table = within(await screen.findByRole('table', { name: 'By step and model' }));
  const [, first, second] = table.getAllByRole('row');
  expect(first).toHaveTextContent('check · main');
  expect(first).toHaveTextContent('dear');
  expect(first).toHaveTextContent('$1.10');
  expect(first).toHaveTextContent('24');
  expect(second).toHaveTextContent('cheap');
});

test('shows the calls that stand out, with their records', async () => {
  serve([aModelCall()]);
  renderPage(routes, '/runs/r1/model-calls');

  expect(await screen.findByRole('region', { name: 'Slowest' })).toHaveTextContent('9.4 s');
  expect(screen.getByRole('region', { name: 'Most expensive' })).toHaveTextContent('$0.31');
  const failures = screen.getByRole('region', { name: 'Failed' });
  expect(failures).toHaveTextContent('The context is too long.');
  expect(within(failures).getByRole('link', { name: 'record 7' })).toHaveAttribute(
    'href',
    '/runs/r1/records/7',
  );
});

test('lists all calls page by page', async () => {
  serve([aModelCall(), failed, unattributed]);
  renderPage(routes, '/runs/r1/model-calls');

  const table = await screen.findByRole('table', { name: 'Calls' });
  expect(within(table).getAllByRole('row')).toHaveLength(3);
  expect(table).toHaveTextContent('Failed 400');
  await userEvent.click(screen.getByRole('button', { name: 'Older calls' }));

  await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(4));
  expect(table).toHaveTextContent('no record');
  expect(screen.queryByRole('button', { name: 'Older calls' })).not.toBeInTheDocument();
});

test('the filter is in the address', async () => {
  serve([aModelCall(), failed]);
  const { router } = renderPage(routes, '/runs/r1/model-calls');
  await screen.findByRole('table', { name: 'Calls' });

  await userEvent.selectOptions(screen.getByLabelText('Status of calls'), 'Failed');
  await waitFor(() => expect(router.state.location.search).toBe('?status=FAILED'));
  await userEvent.type(screen.getByLabelText('Calls of record'), '3');
  await waitFor(() => expect(router.state.location.search).toBe('?record=3&status=FAILED'));

  expect(await screen.findByText('No calls match this filter.')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  await waitFor(() => expect(router.state.location.search).toBe(''));
});

test('a run without model calls has no tab for them', async () => {
  serve([], { llm: null });
  renderPage(routes, '/runs/r1');

  await screen.findByText('overview');
  expect(screen.queryByRole('link', { name: /^Model calls/ })).not.toBeInTheDocument();
});

test('a run that has made no calls says so', async () => {
  serve([]);
  server.use(
    http.get('*/api/v1/runs/:id/llm', () =>
      HttpResponse.json({ stages: [], slowest: [], dearest: [], failed: [] }),
    ),
  );
  renderPage(routes, '/runs/r1/model-calls');

  expect(await screen.findByText('No model calls')).toBeInTheDocument();
});

test('the calls of a record are in its drawer', async () => {
  const record = aRecord({ index: 7, llm: { calls: 2, cost: '0.00123' } });
  serve([aModelCall({ record: 7, tookMillis: 1220, waitingMillis: 800 }), failed]);
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/runs/:id/records', () => HttpResponse.json(aWindow([record]))),
    http.get('*/api/v1/runs/:id/failures', () => HttpResponse.json({ items: [], total: 0 })),
    http.get('*/api/v1/runs/:id/batches', () => HttpResponse.json(aWindow([aBatch()]))),
    http.get('*/api/v1/runs/:id/batches/0/log', () => HttpResponse.text('')),
  );
  renderPage(routes, '/runs/r1/records/7');

  const calls = within(await screen.findByRole('region', { name: /^Model calls/ }));
  expect(calls.getByRole('heading')).toHaveTextContent('2 calls, $0.0012');
  expect(await calls.findByText('The context is too long.')).toBeInTheDocument();
  expect(
    calls.getByText('1.2 s · 0.8 s of it waiting · 200 → 10 tokens · 812 B → 640 B'),
  ).toBeInTheDocument();
});
