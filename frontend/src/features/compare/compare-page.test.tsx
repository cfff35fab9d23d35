import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Run } from '@/api/types';
import { aDatasetSummary, aRecord, aRun, aWindow } from '@/testing/builders';
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

beforeEach(() => {
  serveRuns(first, second, elsewhere);
  server.use(pagedList('*/api/v1/datasets', []));
});

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
        statuses: [],
        fields: [],
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
        statuses: [{ before: 'SUCCEEDED', after: 'SUCCEEDED', records: 99 }],
        fields: [{ name: 'by', changed: 1, added: 0, removed: 0 }],
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
        ...{ broken: none, fixed: none, changed: none, other: none, statuses: [], fields: [] },
      }),
    ),
  );
  renderPage(routes, '/compare?a=a&b=b');

  const changes = await screen.findByRole('table', { name: 'Changed packages' });
  expect(within(changes).getByRole('row', { name: 'pandas – 2.2.0 Added' })).toBeInTheDocument();
  expect(within(changes).getByRole('row', { name: 'numpy 1 2.0.1 Another version' })).toBeInTheDocument();
});

test('says why runs over different datasets cannot be compared', async () => {
  const detail = 'The runs are over datasets with different contents, so their records cannot be matched.';
  server.use(
    http.get('*/api/v1/runs/a/comparison', () =>
      HttpResponse.json({ title: 'Not possible in this state', status: 409, detail }, { status: 409 }),
    ),
  );
  renderPage(routes, '/compare?a=a&b=c');

  expect(await screen.findByText(detail)).toBeInTheDocument();
});

test('offers runs over another upload of the same file', async () => {
  server.use(
    pagedList('*/api/v1/datasets', [
      aDatasetSummary({ id: first.dataset.id }),
      aDatasetSummary({ id: 'other' }),
      aDatasetSummary({ id: 'third', sha256: '1'.repeat(64) }),
    ]),
  );
  renderPage(routes, '/compare?a=a');

  expect(await screen.findByRole('option', { name: /^orders/ })).toBeInTheDocument();
});

test('sums by field and state, and lists the records of a field', async () => {
  const asked: (string | null)[] = [];
  const none = { records: 0, indexes: [] };
  server.use(
    http.get('*/api/v1/runs/a/comparison', ({ request }) => {
      const field = new URL(request.url).searchParams.get('field');
      asked.push(field);
      return HttpResponse.json({
        ...{ compared: 100, same: 90, total: 100, nextFrom: null, broken: none, fixed: none, other: none },
        changed: field === null ? { records: 10, indexes: [1, 2] } : { records: 3, indexes: [2] },
        statuses: [{ before: 'FAILED', after: 'SUCCEEDED', records: 4 }],
        fields: [{ name: 'stars', changed: 2, added: 1, removed: 0 }],
      });
    }),
    http.get('*/api/v1/runs/:id/records', () => HttpResponse.json(aWindow([aRecord({ index: 2 })]))),
  );
  renderPage(routes, '/compare?a=a&b=b');

  const states = await screen.findByRole('table', { name: 'Records by state in both runs' });
  expect(within(states).getByRole('row', { name: 'Failed Succeeded 4' })).toBeInTheDocument();
  const stars = screen.getByRole('button', { name: /stars\s3/ });
  expect(stars).toHaveAttribute('title', 'other values in 2, added in 1');
  await userEvent.click(stars);

  expect(await screen.findByRole('radio', { name: 'Different value 3' })).toBeChecked();
  expect(asked).toEqual([null, 'stars']);
});

test('shows which scripts differ', async () => {
  const none = { records: 0, indexes: [] };
  const steps = (source: string) => [{ name: 'check', main: { name: 'check.py', source } }];
  serveRuns(
    { ...first, pipeline: { name: 'p', steps: steps('one\ntwo\n') } },
    { ...second, pipeline: { name: 'p', steps: steps('one\nthree\n') } },
  );
  server.use(
    http.get('*/api/v1/runs/a/comparison', () =>
      HttpResponse.json({
        ...{ compared: 100, same: 100, total: 100, nextFrom: null },
        ...{ broken: none, fixed: none, changed: none, other: none, statuses: [], fields: [] },
      }),
    ),
  );
  renderPage(routes, '/compare?a=a&b=b');

  const changes = await screen.findByRole('region', { name: 'What changed' });
  expect(changes).toHaveTextContent('−two');
  expect(changes).toHaveTextContent('+three');
});
