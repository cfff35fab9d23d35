import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aFailure, aRun, aSkip } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunPage } from '../page/run-page';
import { FailuresTab } from './failures-tab';
import { SkipsTab } from './skips-tab';

const routes = [
  {
    path: '/runs/:id',
    element: <RunPage />,
    children: [
      { path: 'failures', element: <FailuresTab /> },
      { path: 'skips', element: <SkipsTab /> },
    ],
  },
];

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/v1/runs/r1', () =>
      HttpResponse.json(
        aRun({
          id: 'r1',
          status: 'PARTIAL',
          records: { total: 5000, succeeded: 4700, failed: 100, skipped: 200, cancelled: 0, pending: 0 },
          finishedAt: '2026-03-01T10:00:09Z',
        }),
      ),
    ),
    http.get('*/api/v1/runs/r1/correlations', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        group: 100,
        others: 4900,
        items: [{ path: ['order', 'rating'], kind: 'MISSING', value: null, to: null, group: 100, others: 2 }],
      });
    }),
  );
});

test('says what the records of the first causes have in common, of others when asked', async () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => aFailure({ id, message: `'${id}'`, count: 25 }));
  server.use(http.get('*/api/v1/runs/r1/failures', () => HttpResponse.json({ items, total: 100 })));
  renderPage(routes, '/runs/r1/failures');

  const [first, , , fourth] = await screen.findAllByRole('article');
  const trait = await within(first as HTMLElement).findByRole('listitem');
  expect(trait).toHaveTextContent('order.rating is missing in all 100 that failed so, in 2 of 4,900 others');
  expect(asked).toEqual(['?cause=a', '?cause=b', '?cause=c']);

  await userEvent.click(
    within(fourth as HTMLElement).getByRole('button', { name: 'What do they have in common?' }),
  );
  await within(fourth as HTMLElement).findByRole('listitem');
  expect(asked.at(-1)).toBe('?cause=d');
});

test('says a code in words', async () => {
  const failure = aFailure({
    type: 'RESULT_NOT_JSON',
    message: 'transform must return a dict, not NoneType',
  });
  server.use(http.get('*/api/v1/runs/r1/failures', () => HttpResponse.json({ items: [failure], total: 1 })));
  renderPage(routes, '/runs/r1/failures');

  expect(await screen.findByText('`transform` returned None')).toBeInTheDocument();
  expect(screen.getByText('Is `return record` missing?')).toBeInTheDocument();
});

test('adds the parts of the skipped records up', async () => {
  server.use(
    http.get('*/api/v1/runs/r1/skips', ({ request }) => {
      const isFirst = new URL(request.url).searchParams.get('from') === '0';
      return HttpResponse.json({
        items: [aSkip({ id: 'a', reason: 'too small', count: isFirst ? 120 : 60 })],
        total: isFirst ? 120 : 80,
        nextFrom: isFirst ? 3000 : null,
      });
    }),
  );
  renderPage(routes, '/runs/r1/skips');

  expect(
    await screen.findByText('200 skipped records for 1 reason, and 20 for further ones'),
  ).toBeInTheDocument();
  const card = screen.getByRole('article');
  expect(within(card).getByText('too small')).toBeInTheDocument();
  expect(within(card).getByText('90% of skipped')).toBeInTheDocument();
  expect(within(card).getByRole('link', { name: 'Show records' })).toHaveAttribute(
    'href',
    '/runs/r1/records?reason=a',
  );
});
