import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aRun, aRunModelCalls, aSavedPipeline } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunsPage } from './runs-page';

const routes = [{ path: '/runs', element: <RunsPage /> }];

beforeEach(() => {
  server.use(pagedList('*/api/v1/datasets', []), pagedList('*/api/v1/pipelines', []));
});

test('lists runs with their state and filters them by the address', async () => {
  const run = aRun({ status: 'PARTIAL', finishedAt: '2026-03-01T10:00:09Z' });
  server.use(
    http.get('*/api/v1/runs', ({ request }) => {
      const status = new URL(request.url).searchParams.get('status');
      return HttpResponse.json({ items: status === 'FAILED' ? [] : [run], nextCursor: null });
    }),
  );
  const { router } = renderPage(routes, '/runs');
  expect(await screen.findByRole('link', { name: 'capitals' })).toHaveAttribute('href', `/runs/${run.id}`);

  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Failed');

  expect(await screen.findByText('No runs match this search')).toBeInTheDocument();
  expect(router.state.location.search).toBe('?status=FAILED');
});

test('an empty list says how to start', async () => {
  server.use(http.get('*/api/v1/runs', () => HttpResponse.json({ items: [], nextCursor: null })));

  renderPage(routes, '/runs');

  expect(await screen.findByText('No runs yet')).toBeInTheDocument();
});

test('offers a retry after an error', async () => {
  server.use(
    http.get(
      '*/api/v1/runs',
      () => HttpResponse.json({ title: 'The database does not answer', status: 503 }, { status: 503 }),
      { once: true },
    ),
    http.get('*/api/v1/runs', () => HttpResponse.json({ items: [aRun()], nextCursor: null })),
  );
  renderPage(routes, '/runs');
  expect(await screen.findByRole('alert')).toHaveTextContent('The database does not answer');

  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

  expect(await screen.findByRole('link', { name: 'capitals' })).toBeInTheDocument();
});

test('a paused run can be found, and shows what its model calls have cost', async () => {
  const paused = aRun({ status: 'PAUSED', name: 'claims', llm: aRunModelCalls({ spent: '4.99' }) });
  const plain = aRun({ id: 'r2', name: 'plain', status: 'PARTIAL' });
  server.use(
    http.get('*/api/v1/runs', ({ request }) => {
      const status = new URL(request.url).searchParams.get('status');
      const found = [paused, plain].filter((run) => status === null || run.status === status);
      return HttpResponse.json({ items: found, nextCursor: null });
    }),
  );
  renderPage(routes, '/runs');
  expect(await screen.findByRole('columnheader', { name: 'Cost' })).toBeInTheDocument();
  expect(screen.getByText('$4.99')).toBeInTheDocument();

  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Paused');

  await waitFor(() => expect(screen.queryByText('plain')).not.toBeInTheDocument());
  expect(screen.getByText('Paused 43%')).toBeInTheDocument();
});

test('finds a run by what is typed, and shows its tags, its note and the sums', async () => {
  const runs = [
    aRun({ name: 'March', tags: ['vat', '2026'], note: 'with the new rates' }),
    aRun({ id: 'r2', name: 'April' }),
  ];
  server.use(
    pagedList('*/api/v1/runs', runs),
    http.get('*/api/v1/runs/totals', ({ request }) => {
      const found = new URL(request.url).searchParams.get('q') === null ? 2 : 1;
      return HttpResponse.json({
        runs: found,
        active: 0,
        records: 100 * found,
        succeeded: 96 * found,
        failed: 4 * found,
        skipped: 0,
      });
    }),
  );
  const { router } = renderPage(routes, '/runs');
  expect(await screen.findByText('2 runs · 200 records · 4% failed')).toBeInTheDocument();

  await userEvent.type(screen.getByRole('searchbox', { name: 'Search runs' }), 'march');

  expect(await screen.findByText('1 run · 100 records · 4% failed')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByText('April')).not.toBeInTheDocument());
  expect(router.state.location.search).toBe('?q=march');
  expect(screen.getByText('vat')).toBeInTheDocument();
  expect(screen.getByText('with the new rates')).toBeInTheDocument();
});

test('a run is starred', async () => {
  let changes: unknown;
  server.use(
    pagedList('*/api/v1/runs', [aRun()]),
    http.patch('*/api/v1/runs/:id', async ({ request }) => {
      changes = await request.json();
      return HttpResponse.json(aRun({ starred: true }));
    }),
  );
  renderPage(routes, '/runs');

  await userEvent.click(await screen.findByRole('button', { name: 'Star capitals' }));

  await waitFor(() => expect(changes).toEqual({ starred: true }));
});

test('deletes the selected runs, and says which could not be deleted', async () => {
  const runs = [
    aRun({ id: 'r1', name: 'one', status: 'SUCCEEDED' }),
    aRun({ id: 'r2', name: 'two', status: 'RUNNING' }),
    aRun({ id: 'r3', name: 'three', status: 'FAILED' }),
  ];
  const deleted: string[] = [];
  server.use(
    http.get('*/api/v1/runs', () =>
      HttpResponse.json({ items: runs.filter(({ id }) => !deleted.includes(id)), nextCursor: null }),
    ),
    http.delete('*/api/v1/runs/:id', ({ params }) => {
      if (params.id === 'r2') {
        return HttpResponse.json(
          { title: 'Conflict', status: 409, detail: 'Cancel it first.' },
          { status: 409 },
        );
      }
      deleted.push(String(params.id));
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(routes, '/runs');
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select one' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select two' }));

  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  expect(screen.getByText(/1 run of them cannot be deleted before they have ended/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Delete 2 runs' }));

  expect(await screen.findByText(/1 run could not be deleted/)).toHaveTextContent('two: Cancel it first.');
  expect(deleted).toEqual(['r1']);
  await waitFor(() => expect(screen.queryByRole('link', { name: 'one' })).not.toBeInTheDocument());
  expect(screen.queryByText('2 runs selected')).not.toBeInTheDocument();
});

test('the filters stand in the address', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/runs', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: [aRun()], nextCursor: null });
    }),
    http.get('*/api/v1/pipelines/:id', () => HttpResponse.json(aSavedPipeline({ name: 'VAT' }))),
  );
  const { router } = renderPage(routes, '/runs?pipeline=p1&version=3&tag=vat');
  expect(await screen.findByDisplayValue('VAT')).toBeInTheDocument();
  expect(asked.at(-1)).toContain('pipeline=p1&pipelineVersion=3&tag=vat');

  await userEvent.click(screen.getByRole('button', { name: /Version 3/ }));
  await userEvent.click(screen.getByRole('button', { name: /Tag vat/ }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort runs' }), 'By name');

  await waitFor(() => expect(router.state.location.search).toBe('?pipeline=p1&sort=NAME'));
  await waitFor(() => expect(asked.at(-1)).toContain('pipeline=p1&sort=NAME'));
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  await waitFor(() => expect(router.state.location.search).toBe(''));
});
