import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aPipelineSummary, aSavedPipeline } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { PipelinePage } from './pipeline-page';
import { PipelinesPage } from './pipelines-page';

const routes = [
  { path: '/pipelines', element: <PipelinesPage /> },
  { path: '/pipelines/:id', element: <PipelinePage /> },
];

test('finds the 201st pipeline by its name', async () => {
  const pipelines = Array.from({ length: 201 }, (_, at) =>
    aPipelineSummary({ id: `p${at + 1}`, name: `number-${at + 1}` }),
  );
  server.use(pagedList('*/api/v1/pipelines', pipelines));
  renderPage(routes, '/pipelines?q=number-201');

  expect(await screen.findByRole('link', { name: 'number-201' })).toHaveAttribute('href', '/pipelines/p201');
});

test('loads the old version that the address names', async () => {
  const versions = Array.from({ length: 60 }, (_, at) => aPipelineSummary({ version: 60 - at }));
  server.use(
    http.get('*/api/v1/pipelines/:id', () => HttpResponse.json(aSavedPipeline({ version: 60 }))),
    pagedList('*/api/v1/pipelines/:id/versions', versions),
  );
  renderPage(routes, '/pipelines/p1?version=3');

  expect(await screen.findByLabelText('Version')).toBeInTheDocument();
  expect(await screen.findByRole('option', { name: 'Version 3', selected: true })).toBeInTheDocument();
});

test('asks before it deletes a pipeline, then shows the list', async () => {
  let deleted = '';
  server.use(
    http.get('*/api/v1/pipelines/:id', () => HttpResponse.json(aSavedPipeline())),
    pagedList('*/api/v1/pipelines/:id/versions', [aPipelineSummary()]),
    http.delete('*/api/v1/pipelines/:id', ({ params }) => {
      deleted = String(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
    pagedList('*/api/v1/pipelines', []),
  );
  const { router } = renderPage(routes, `/pipelines/${aSavedPipeline().id}`);

  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(deleted).toBe('');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the pipeline' }));

  expect(await screen.findByText('No saved pipelines yet')).toBeInTheDocument();
  expect(deleted).toBe(aSavedPipeline().id);
  expect(router.state.location.pathname).toBe('/pipelines');
});
