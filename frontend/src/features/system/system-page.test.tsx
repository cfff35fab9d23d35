import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { SystemPage } from './system-page';

const routes = [{ path: '/system', element: <SystemPage /> }];

beforeEach(() => {
  server.use(http.get('*/api/v1/runs', () => HttpResponse.json({ items: [], nextCursor: null })));
});

test('says what the service holds, what runs and what waits', async () => {
  server.use(
    http.get('*/q/health', () => HttpResponse.json({ status: 'UP', checks: [] })),
    http.get('*/api/v1/runs', () => HttpResponse.json({ items: [aRun({ name: 'March' })], nextCursor: 'x' })),
    http.get('*/api/v1/runs/totals', ({ request }) => {
      const runs = new URL(request.url).searchParams.get('status') === 'QUEUED' ? 3 : 12;
      return HttpResponse.json({ runs, active: 4, records: 9000, succeeded: 9000, failed: 0, skipped: 0 });
    }),
    http.get('*/api/v1/datasets/totals', () =>
      HttpResponse.json({ datasets: 2, records: 10, bytes: 96_000 }),
    ),
  );
  renderPage(routes, '/system');

  expect(await screen.findByText('12 runs, 9,000 records')).toBeInTheDocument();
  expect(screen.getByText('3 runs')).toBeInTheDocument();
  expect(screen.getByText('March …')).toBeInTheDocument();
  expect(screen.getByText('2 datasets, 96 KB')).toBeInTheDocument();
});

test('shows every check with its state and its facts, also when the service responds 503', async () => {
  server.use(
    http.get('*/q/health', () =>
      HttpResponse.json(
        {
          status: 'DOWN',
          checks: [
            { name: 'database', status: 'UP' },
            { name: 'disk', status: 'DOWN', data: { free: '0 B' } },
          ],
        },
        { status: 503 },
      ),
    ),
  );
  renderPage(routes, '/system');

  expect(await screen.findByText('Disk')).toBeInTheDocument();
  expect(screen.getByText('Down')).toBeInTheDocument();
  expect(screen.getByText('free: 0 B')).toBeInTheDocument();
  expect(screen.getByText('Database')).toBeInTheDocument();
  expect(screen.getByText('Up')).toBeInTheDocument();
});

test('says that health checks are for operators when they are forbidden', async () => {
  server.use(http.get('*/q/health', () => new HttpResponse(null, { status: 403 })));
  renderPage(routes, '/system');

  expect(await screen.findByText(/To see its health checks/)).toBeInTheDocument();
});
