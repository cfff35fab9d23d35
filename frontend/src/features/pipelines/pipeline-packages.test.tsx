import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aPipelineSummary, aSavedPipeline } from '@/testing/builders';
import { anEnvironment } from '@/testing/environment-builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { PipelinePage } from './pipeline-page';

const routes = [{ path: '/pipelines/:id', element: <PipelinePage /> }];

const environment = { packages: ['pandas>=2'] };
const versions = [
  aSavedPipeline({ id: 'p1', version: 1, environment, environmentId: 'e1' }),
  aSavedPipeline({ id: 'p1', version: 2, environment, environmentId: 'e2' }),
];
const old = anEnvironment({ id: 'e1' });
const updated = anEnvironment({
  id: 'e2',
  packages: old.packages.map((one) => (one.name === 'pandas' ? { ...one, version: '2.3.0' } : one)),
});

beforeEach(() => {
  let newest = 1;
  server.use(
    http.get('*/api/v1/pipelines/:id', ({ request }) => {
      const wanted = Number(new URL(request.url).searchParams.get('version') ?? newest);
      return HttpResponse.json(versions[wanted - 1]);
    }),
    http.put('*/api/v1/pipelines/:id', ({ request }) => {
      expect(new URL(request.url).searchParams.get('updatePackages')).toBe('true');
      newest = 2;
      server.use(
        pagedList('*/api/v1/pipelines/:id/versions', [aPipelineSummary({ version: 2 }), aPipelineSummary()]),
      );
      return HttpResponse.json(versions[1]);
    }),
    pagedList('*/api/v1/pipelines/:id/versions', [aPipelineSummary()]),
    http.get('*/api/v1/environments/e1', () => HttpResponse.json(old)),
    http.get('*/api/v1/environments/e2', () => HttpResponse.json(updated)),
  );
});

test('shows the packages of a version', async () => {
  renderPage(routes, '/pipelines/p1');

  const packages = await screen.findByRole('group', { name: 'Packages' });
  expect(packages).toHaveTextContent('Packages: pandas>=2');
  expect(await within(packages).findByRole('link', { name: '2 packages, 48 MB' })).toHaveAttribute(
    'href',
    '/environments/e1',
  );
});

test('an update of the packages is a new version, compared with the one before', async () => {
  renderPage(routes, '/pipelines/p1');

  await userEvent.click(await screen.findByRole('button', { name: 'Update packages' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save a new version' }));

  const changes = await screen.findByRole('table', { name: 'Changed packages' });
  expect(
    within(changes).getByRole('row', { name: 'pandas 2.2.0 2.3.0 Another version' }),
  ).toBeInTheDocument();
});
