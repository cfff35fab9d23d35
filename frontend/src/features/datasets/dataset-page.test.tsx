import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aDataset, aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { DatasetPage } from './dataset-page';

const routes = [
  { path: '/datasets/:id', element: <DatasetPage /> },
  { path: '/datasets', element: <p>all datasets</p> },
];

beforeEach(() => {
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset({ id: 'd1' }))),
    http.get('*/api/v1/runs', () => HttpResponse.json({ items: [], nextCursor: null })),
    http.get('*/api/v1/datasets/:id/records', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const offset = Number(searchParams.get('offset'));
      const limit = Number(searchParams.get('limit'));
      const items = Array.from({ length: limit }, (_, at) => ({ number: offset + at }));
      return HttpResponse.json({ items, offset, limit, total: 100 });
    }),
  );
});

test('shows the records page by page, and keeps the page in the address', async () => {
  const { router } = renderPage(routes, '/datasets/d1');
  expect(await screen.findByText('Records 0 to 49 of 100')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();

  await userEvent.click(screen.getByRole('button', { name: 'Next' }));

  expect(await screen.findByText('Records 50 to 99 of 100')).toBeInTheDocument();
  expect(router.state.location.search).toBe('?offset=50');
  expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
});

test('asks before it deletes a dataset, and shows why that was rejected', async () => {
  server.use(
    http.delete('*/api/v1/datasets/:id', () =>
      HttpResponse.json(
        { type: 'about:blank', status: 409, title: 'The dataset is used by a run' },
        { status: 409 },
      ),
    ),
  );
  renderPage(routes, '/datasets/d1');

  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the dataset' }));

  expect(await screen.findByText('The dataset is used by a run')).toBeInTheDocument();
});

test('names the runs that use a dataset, and does not delete it', async () => {
  const items = [aRun({ id: 'abcdef12-0', name: 'capitals' })];
  server.use(http.get('*/api/v1/runs', () => HttpResponse.json({ items, nextCursor: null })));
  renderPage(routes, '/datasets/d1');
  const name = 'capitals (abcdef12)';
  expect(await screen.findByRole('link', { name })).toHaveAttribute('href', '/runs/abcdef12-0');

  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));

  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('link', { name })).toBeInTheDocument();
  expect(within(dialog).queryByRole('button', { name: 'Delete the dataset' })).not.toBeInTheDocument();
});
