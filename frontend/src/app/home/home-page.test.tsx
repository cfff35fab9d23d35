import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aDatasetSummary, aPipelineSummary, aRun } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { HomePage } from './home-page';

const routes = [{ path: '/', element: <HomePage /> }];

function serve({ runs, pipelines, datasets }: Record<'runs' | 'pipelines' | 'datasets', unknown[]>) {
  server.use(
    pagedList('*/api/v1/runs', runs),
    pagedList('*/api/v1/pipelines', pipelines),
    pagedList('*/api/v1/datasets', datasets),
  );
}

beforeEach(() => {
  server.use(http.get('*/q/health', () => HttpResponse.json({ status: 'UP', checks: [] })));
});

test('introduces the service and offers an example until there is a run', async () => {
  serve({ runs: [], pipelines: [], datasets: [] });
  renderPage(routes, '/');

  expect(await screen.findByRole('link', { name: 'Try an example' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/new\?example=/),
  );
  expect(await screen.findByText(/No saved pipelines yet/)).toBeInTheDocument();
  expect(await screen.findByText(/No datasets yet/)).toBeInTheDocument();
});

test('links recent runs, saved pipelines and datasets', async () => {
  serve({
    runs: [aRun({ id: 'r1', name: 'last week' })],
    pipelines: [aPipelineSummary({ id: 'p1', name: 'clean', stepCount: 2 })],
    datasets: [aDatasetSummary({ id: 'd1', name: 'orders.csv', records: 1 })],
  });
  renderPage(routes, '/');

  expect(await screen.findByRole('link', { name: 'last week' })).toHaveAttribute('href', '/runs/r1');
  expect(await screen.findByRole('link', { name: 'clean' })).toHaveAttribute('href', '/new?pipeline=p1');
  expect(screen.getByText('2 steps')).toBeInTheDocument();
  expect(await screen.findByRole('link', { name: 'orders.csv' })).toHaveAttribute('href', '/datasets/d1');
  expect(screen.getByText('1 record')).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Try an example' })).not.toBeInTheDocument();
});
