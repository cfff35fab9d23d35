import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aDataset, aFailure, aRecord, aRun, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunPage } from '../page/run-page';
import { RecordsTab } from './records-tab';

const routes = [
  {
    path: '/runs/:id',
    element: <RunPage />,
    children: [{ path: 'records/:index?', element: <RecordsTab /> }],
  },
];

const finished = aRun({
  id: 'r1',
  status: 'PARTIAL',
  records: { total: 900, succeeded: 897, failed: 3, skipped: 0, cancelled: 0, pending: 0 },
  finishedAt: '2026-03-01T10:00:09Z',
});

/** The indexes of the records that every search finds. */
const foundAt = [120, 450, 451, 820];
let asked: Record<string, string>[] = [];

/** The mock service scans a hundred records per request. */
beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/v1/runs/r1', () => HttpResponse.json(finished)),
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/runs/r1/batches', () => HttpResponse.json(aWindow([]))),
    http.get('*/api/v1/runs/r1/failures', () => HttpResponse.json({ items: [aFailure()], total: 3 })),
    http.get('*/api/v1/runs/r1/records', ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams);
      asked.push(query);
      if (query.from === undefined) {
        return HttpResponse.json(
          aWindow([aRecord({ index: Number(query.offset) })], { limit: 1, total: 900 }),
        );
      }
      const from = Number(query.from);
      const items = foundAt.filter((index) => index >= from && index < from + 100);
      return HttpResponse.json({
        items: items.map((index) => aRecord({ index })),
        offset: 0,
        limit: 100,
        total: null,
        nextFrom: from + 100 < 900 ? from + 100 : null,
      });
    }),
  );
});

test('continues a search until all records are scanned', async () => {
  renderPage(routes, '/runs/r1/records?q=kenya');

  expect(await screen.findByText('4 records')).toBeInTheDocument();
  expect(asked.filter((query) => query.from !== undefined)).toHaveLength(9);
  expect(asked.every((query) => query.q === 'kenya')).toBe(true);
});

test('searches for the typed text and puts it into the address', async () => {
  const { router } = renderPage(routes, '/runs/r1/records');
  const text = await screen.findByRole('searchbox', { name: 'Search in records' });

  await userEvent.type(text, '100%_');

  await waitFor(() => expect(router.state.location.search).toBe('?q=100%25_'));
  expect(text).toHaveFocus();
  expect(text).toHaveValue('100%_');
  expect(await screen.findByText('4 records')).toBeInTheDocument();
  expect(asked.at(-1)?.q).toBe('100%_');
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(text).toHaveValue('');
  expect(router.state.location.search).toBe('');
});

test('filters by step and error', async () => {
  const { router } = renderPage(routes, '/runs/r1/records?status=SUCCEEDED');

  await userEvent.selectOptions(
    await screen.findByRole('combobox', { name: 'Failed step' }),
    await screen.findByRole('option', { name: 'check · main' }),
  );
  expect(router.state.location.search).toBe('?step=check&stage=main');
  await userEvent.selectOptions(
    screen.getByRole('combobox', { name: 'Error' }),
    await screen.findByRole('option', { name: 'KeyError' }),
  );

  expect(router.state.location.search).toBe('?step=check&stage=main&error=KeyError');
});

test('shows the cause of the filter and removes it', async () => {
  const { router } = renderPage(routes, '/runs/r1/records?cause=0123456789abcdef');

  expect(await screen.findByText("KeyError: 'capital'")).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Show all failures' }));

  expect(router.state.location.search).toBe('');
});

test('J and K stay within the results', async () => {
  const { router } = renderPage(routes, '/runs/r1/records?q=kenya');
  await screen.findByText('4 records');
  const walk = [
    ['j', 120],
    ['j', 450],
    ['j', 451],
    ['j', 820],
    ['j', 820],
    ['k', 451],
  ] as const;

  for (const [key, index] of walk) {
    await userEvent.keyboard(key);
    await waitFor(() => expect(router.state.location.pathname).toBe(`/runs/r1/records/${index}`));
    await screen.findByRole('dialog', { name: `Record ${index}` });
  }

  expect(router.state.location.search).toBe('?q=kenya');
});

test('says what to do when nothing is found', async () => {
  server.use(
    http.get('*/api/v1/runs/r1/records', () =>
      HttpResponse.json({ items: [], offset: 0, limit: 100, total: 0, nextFrom: null }),
    ),
  );
  renderPage(routes, '/runs/r1/records?status=FAILED&q=nowhere');

  const title = await screen.findByText('No matching record contains this text');
  const empty = title.parentElement as HTMLElement;
  expect(within(empty).getByRole('link', { name: 'all records with this text' })).toHaveAttribute(
    'href',
    '/runs/r1/records?q=nowhere',
  );
  expect(within(empty).getByRole('link', { name: 'all records' })).toHaveAttribute(
    'href',
    '/runs/r1/records',
  );
});

test('sorts by a column, and the other way round, and no longer', async () => {
  const { router } = renderPage(routes, '/runs/r1/records?status=FAILED');
  const head = () => screen.findByRole('columnheader', { name: 'country' });

  await userEvent.click(await screen.findByRole('button', { name: 'country' }));
  expect(router.state.location.search).toBe('?status=FAILED&sort=country');
  expect(await screen.findByText('900 records sorted by country')).toBeInTheDocument();
  expect(asked.at(-1)).toMatchObject({ status: 'FAILED', sortBy: 'country', order: 'asc', offset: '0' });
  expect(await head()).toHaveAttribute('aria-sort', 'ascending');

  await userEvent.click(await screen.findByRole('button', { name: 'country' }));
  expect(router.state.location.search).toBe('?status=FAILED&sort=country&order=desc');
  expect(await screen.findByText('900 records sorted by country, highest first')).toBeInTheDocument();

  await userEvent.click(await screen.findByRole('button', { name: 'country' }));
  expect(router.state.location.search).toBe('?status=FAILED');
  expect(await head()).not.toHaveAttribute('aria-sort');
});

test('sorts what a search finds, also by index, state and reason', async () => {
  renderPage(routes, '/runs/r1/records?q=kenya&sort=_error&order=desc');

  expect(await screen.findByText('900 records sorted by reason, highest first')).toBeInTheDocument();
  expect(asked.at(-1)).toMatchObject({ q: 'kenya', sortBy: '_error', order: 'desc' });
  await userEvent.click(screen.getByRole('button', { name: 'State' }));
  expect(await screen.findByText('900 records sorted by state')).toBeInTheDocument();
});
