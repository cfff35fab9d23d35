import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { HealthNotice } from './health-notice';

const routes = [{ path: '/', element: <HealthNotice /> }];

test('shows the failing checks with their reason and links to the system page', async () => {
  server.use(
    http.get('*/q/health', () =>
      HttpResponse.json(
        {
          status: 'DOWN',
          checks: [
            { name: 'sandboxes', status: 'DOWN', data: { warm: 0, reason: 'Docker does not answer.' } },
            { name: 'disk', status: 'UP', data: { free: '70.1 GB' } },
          ],
        },
        { status: 503 },
      ),
    ),
  );
  renderPage(routes, '/');

  expect(await screen.findByText('Sandboxes: Docker does not answer.')).toBeInTheDocument();
  expect(screen.queryByText(/Disk/)).not.toBeInTheDocument();
});
