import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { SystemPage } from './system-page';

const routes = [{ path: '/system', element: <SystemPage /> }];

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
