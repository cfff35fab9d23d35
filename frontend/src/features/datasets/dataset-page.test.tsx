import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aDataset, aDatasetSummary, aRun } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
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
    pagedList('*/api/v1/datasets', []),
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

test('names other uploads of the same content', async () => {
  const sha256 = 'ab'.repeat(32);
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset({ id: 'd1', sha256 }))),
    pagedList('*/api/v1/datasets', [
      aDatasetSummary({ id: 'd0', name: 'earlier.json', sha256 }),
      aDatasetSummary({ id: 'd1', sha256 }),
    ]),
  );
  renderPage(routes, '/datasets/d1');

  expect(await screen.findByText(/The same content was also uploaded as/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'earlier.json' })).toHaveAttribute('href', '/datasets/d0');
});

test('a dataset is renamed, noted and tagged, and what is refused stands at its field', async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch('*/api/v1/datasets/:id', async ({ request }) => {
      const body = (await request.json()) as { name: string };
      sent.push(body);
      return body.name === 'x'.repeat(201)
        ? HttpResponse.json(
            {
              title: 'Invalid name, note or tags',
              status: 422,
              errors: [{ pointer: '/name', message: 'must have 1 to 200 characters' }],
            },
            { status: 422 },
          )
        : HttpResponse.json(aDataset());
    }),
  );
  renderPage(routes, '/datasets/d1');
  await userEvent.click(await screen.findByRole('button', { name: 'Rename, note, tags' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.clear(dialog.getByLabelText('Name'));
  await userEvent.paste('x'.repeat(201));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('must have 1 to 200 characters')).toBeInTheDocument();

  await userEvent.clear(dialog.getByLabelText('Name'));
  await userEvent.type(dialog.getByLabelText('Name'), 'March');
  await userEvent.type(dialog.getByLabelText('Note'), 'checked');
  await userEvent.type(dialog.getByLabelText('Tags'), 'vat, 2026, vat');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(sent.at(-1)).toEqual({ name: 'March', note: 'checked', tags: ['vat', '2026'] });
});

test('looks into the fields of the first records', async () => {
  const items = Array.from({ length: 100 }, (_, number) => ({ number }));
  server.use(
    http.get('*/api/v1/datasets/:id/records', () =>
      HttpResponse.json({ items, offset: 0, limit: 1000, total: 100 }),
    ),
  );
  renderPage(routes, '/datasets/d1');

  await userEvent.click(await screen.findByRole('button', { name: 'Look into the fields' }));

  const profile = within(await screen.findByRole('region', { name: 'Profile of the fields' }));
  expect(profile.getByText('Of all 100 records')).toBeInTheDocument();
  expect(profile.getByRole('cell', { name: '0 to 99' })).toBeInTheDocument();
});
