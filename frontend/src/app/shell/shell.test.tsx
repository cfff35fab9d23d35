import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { afterEach, expect, test } from 'vitest';
import { serviceState } from '@/api/http/service-state';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { NotFoundPage } from './not-found-page';
import { Shell } from './shell';

const routes = [
  {
    element: <Shell />,
    children: [
      { index: true, element: <p>home</p> },
      { path: 'runs', element: <p>all runs</p> },
      {
        path: 'search',
        element: (
          <main>
            <input type="search" aria-label="Search" />
          </main>
        ),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

afterEach(() => serviceState.report(true));

test('leads to the pages, and marks the current one', async () => {
  renderPage(routes, '/');

  await userEvent.click(await screen.findByRole('link', { name: 'Runs' }));

  expect(await screen.findByText('all runs')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Runs' })).toHaveAttribute('aria-current', 'page');
});

test('an unknown address offers the home page', async () => {
  renderPage(routes, '/no/such/page');

  await userEvent.click(await screen.findByRole('link', { name: 'Go to the home page' }));

  expect(await screen.findByText('home')).toBeInTheDocument();
});

test('reports an unreachable service until it responds again', async () => {
  server.use(http.get('*/q/health', () => HttpResponse.error(), { once: true }));
  renderPage(routes, '/');
  await screen.findByText('home');

  act(() => serviceState.report(false));
  expect(await screen.findByText('The service is not responding')).toBeInTheDocument();
  server.use(http.get('*/q/health', () => HttpResponse.json({ status: 'UP', checks: [] })));

  await waitFor(() => expect(screen.queryByText('The service is not responding')).not.toBeInTheDocument());
});

test('? lists the keys, but not while somebody types it', async () => {
  renderPage(routes, '/search');
  await userEvent.type(await screen.findByRole('searchbox'), '?');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await userEvent.click(document.body);

  await userEvent.keyboard('{Shift>}?{/Shift}');

  expect(await screen.findByRole('dialog', { name: 'Keys' })).toHaveTextContent('Next failed record');
});
