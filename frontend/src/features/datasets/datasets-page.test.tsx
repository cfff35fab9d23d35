import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aDatasetSummary } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { DatasetsPage } from './datasets-page';

const routes = [{ path: '/datasets', element: <DatasetsPage /> }];

const manyDatasets = Array.from({ length: 201 }, (_, at) =>
  aDatasetSummary({ id: `d${at + 1}`, name: `number-${at + 1}.json` }),
);

test('an empty list says how to upload a dataset', async () => {
  server.use(pagedList('*/api/v1/datasets', []));
  renderPage(routes, '/datasets');

  expect(await screen.findByText('No datasets yet')).toBeInTheDocument();
  for (const link of screen.getAllByRole('link', { name: 'Upload a dataset' })) {
    expect(link).toHaveAttribute('href', '/new');
  }
});

test('a dataset is listed with the number of its fields', async () => {
  server.use(pagedList('*/api/v1/datasets', [aDatasetSummary({ fieldCount: 1000 })]));
  renderPage(routes, '/datasets');

  expect(await screen.findByRole('cell', { name: '1,000' })).toBeInTheDocument();
});

test('shows the 201st dataset after Show more', async () => {
  server.use(pagedList('*/api/v1/datasets', manyDatasets));
  renderPage(routes, '/datasets');
  expect(await screen.findByText('number-100.json')).toBeInTheDocument();
  expect(screen.queryByText('number-101.json')).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('number-200.json')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));

  expect(await screen.findByText('number-201.json')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument());
});

test('finds the 201st dataset by its name, which is in the address', async () => {
  server.use(pagedList('*/api/v1/datasets', manyDatasets));
  const { router } = renderPage(routes, '/datasets?q=NUMBER-2');
  expect(await screen.findByText('number-201.json')).toBeInTheDocument();
  expect(screen.queryByText('number-1.json')).not.toBeInTheDocument();

  await userEvent.type(screen.getByRole('searchbox'), '3.');

  expect(await screen.findByText('number-23.json')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByText('number-201.json')).not.toBeInTheDocument());
  expect(router.state.location.search).toBe('?q=NUMBER-23.');
});

test('says that no dataset matches', async () => {
  server.use(pagedList('*/api/v1/datasets', manyDatasets));
  renderPage(routes, '/datasets?q=nowhere');

  expect(await screen.findByText('No datasets match this search.')).toBeInTheDocument();
});

test('names the runs of a dataset, and other uploads of its content', async () => {
  const dataset = aDatasetSummary({ id: 'd1', runs: 12, sameContent: 2, sha256: 'ab'.repeat(32) });
  server.use(pagedList('*/api/v1/datasets', [dataset]));
  renderPage(routes, '/datasets');

  expect(await screen.findByRole('link', { name: '12' })).toHaveAttribute('href', '/runs?dataset=d1');
  expect(screen.getByRole('link', { name: 'same content as 2 others' })).toHaveAttribute(
    'href',
    `/datasets?sha256=${'ab'.repeat(32)}`,
  );
});
