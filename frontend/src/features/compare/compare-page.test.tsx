import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Run } from '@/api/types';
import { aRecord, aRun, aWindow } from '@/testing/builders';
import { aRunEnvironment } from '@/testing/environment-builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { ComparePage } from './compare-page';

const routes = [{ path: '/compare', element: <ComparePage /> }];
const first = aRun({ id: 'a', name: 'strict', status: 'SUCCEEDED' });
const second = aRun({ id: 'b', name: 'lenient', status: 'PARTIAL' });
const elsewhere = aRun({
  id: 'c',
  name: 'orders',
  status: 'SUCCEEDED',
  dataset: { id: 'other', name: 'orders.json', records: 3 },
});

function serveRuns(...runs: Run[]) {
  server.use(
    pagedList('*/api/v1/runs', runs),
    ...runs.map((run) => http.get(`*/api/v1/runs/${run.id}`, () => HttpResponse.json(run))),
  );
}

beforeEach(() => serveRuns(first, second, elsewhere));

test('offers the final runs of the same dataset', async () => {
  serveRuns(first, second, elsewhere, aRun({ id: 'd', name: 'active', status: 'RUNNING' }));
  renderPage(routes, '/compare?a=a');

  expect(await screen.findByRole('option', { name: /^lenient/ })).toBeInTheDocument();
  expect(screen.queryByRole('option', { name: /^(orders|active|strict)/ })).not.toBeInTheDocument();
});

test('the older run stands first, whichever the user came from, and the two are swapped on demand', async () => {
  const nothing = { records: 0, indexes: [] };
  server.use(
    http.get('*/api/v1/runs/:id/comparison', () =>
      HttpResponse.json({
        compared: 0,
        same: 0,
        broken: nothing,
        fixed: nothing,
        changed: nothing,
        other: nothing,
        total: 0,
        nextFrom: null,
      }),
    ),
  );
  serveRuns(first, { ...second, createdAt: '2026-02-01T10:00:00Z' });
  const { router } = renderPage(routes, '/compare?a=a');
  await screen.findByRole('option', { name: /^lenient/ });

  await userEvent.selectOptions(screen.getByLabelText('Other run'), 'b');
  expect(router.state.location.search).toBe('?a=b&b=a');
  await userEvent.click(await screen.findByRole('button', { name: 'Swap' }));

  expect(router.state.location.search).toBe('?a=a&b=b');
});

test('says what to do when there is no other run', async () => {
  serveRuns(first);
  renderPage(routes, '/compare?a=a');

  expect(await screen.findByText(/No other run of capitals.json has finished/)).toBeInTheDocument();
});

test('shows the records that differ by kind of difference', async () => {
  server.use(
    http.get('*/api/v1/runs/a/comparison', () =>
      HttpResponse.json({
        compared: 100,
        same: 98,
        broken: { records: 0, indexes: [] },
        fixed: { records: 1, indexes: [7] },
        changed: { records: 1, indexes: [9] },
        other: { records: 0, indexes: [] },
        total: 100,
        nextFrom: null,
      }),
    ),
    http.get('*/api/v1/runs/:id/records', ({ params, request }) => {
      const index = Number(new URL(request.url).searchParams.get('offset'));
      const value = { country: 'Italy', by: params.id as string };
      return HttpResponse.json(
        aWindow([aRecord({ index, stages: [{ step: 'check', stage: 'main', value, ms: 1 }] })]),
      );
    }),
  );
  renderPage(routes, '/compare?a=a&b=b');

  expect(await screen.findByText('98 of 100 records have the same result.')).toBeInTheDocument();
  expect(await screen.findByRole('article', { name: 'Record 7' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('radio', { name: /^Different value/ }));

  const record = await screen.findByRole('article', { name: 'Record 9' });
  expect(record).toHaveTextContent('~by');
  expect(screen.queryByRole('article', { name: 'Record 7' })).not.toBeInTheDocument();
});

test('shows which packages differ', async () => {
  const none = { records: 0, indexes: [] };
  const environment = aRunEnvironment();
  const packages = environment.packages.map(({ name }) => ({ name, version: '1' }));
  serveRuns(
    aRun({ id: 'a', status: 'SUCCEEDED', environment: aRunEnvironment({ packages: packages.slice(1) }) }),
    aRun({ id: 'b', status: 'SUCCEEDED', environment }),
  );
  server.use(
    http.get('*/api/v1/runs/a/comparison', () =>
      HttpResponse.json({
        ...{ compared: 100, same: 100, total: 100, nextFrom: null },
        ...{ broken: none, fixed: none, changed: none, other: none },
      }),
    ),
  );
  renderPage(routes, '/compare?a=a&b=b');

  const changes = await screen.findByRole('table', { name: 'Changed packages' });
  expect(within(changes).getByRole('row', { name: 'pandas – 2.2.0 Added' })).toBeInTheDocument();
  expect(within(changes).getByRole('row', { name: 'numpy 1 2.0.1 Another version' })).toBeInTheDocument();
});

test('does not compare runs of different datasets', async () => {
  renderPage(routes, '/compare?a=a&b=c');

  expect(await screen.findByText(/These runs used different datasets/)).toBeInTheDocument();
});
