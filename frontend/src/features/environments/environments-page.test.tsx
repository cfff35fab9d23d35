import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Environment } from '@/api/types';
import { anEnvironment } from '@/testing/environment-builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { EnvironmentsPage } from './environments-page';

function show(items: Environment[]) {
  const disk = { used: 2_400_000_000, limit: 10_000_000_000 };
  server.use(http.get('*/api/v1/environments', () => HttpResponse.json({ items, nextCursor: null, disk })));
  renderPage([{ path: '/environments', element: <EnvironmentsPage /> }], '/environments');
}

test('lists environments with their size and who uses them', async () => {
  const pipeline = { id: 'p1', name: 'capitals' };
  const usedBy = {
    pipelines: [
      { ...pipeline, version: 2 },
      { ...pipeline, version: 1 },
    ],
    openRuns: 0,
    runs: 7,
  };
  show([
    anEnvironment({ id: 'e1', usedBy }),
    anEnvironment({
      id: 'e2',
      status: 'EVICTED',
      declared: [{ requirement: 'httpx', from: 'packages, line 1' }],
    }),
  ]);

  const first = await screen.findByRole('row', { name: /pandas>=2/ });
  expect(within(first).getByRole('link', { name: 'pandas>=2' })).toHaveAttribute('href', '/environments/e1');
  expect(first).toHaveTextContent('Ready296 MBcapitals and 7 runs');
  const second = screen.getByRole('row', { name: /httpx/ });
  expect(second).toHaveTextContent('Removed from disk');
  expect(second).toHaveTextContent('Nothing');
  expect(second).not.toHaveTextContent('MB');
});

test('shows how much of the disk is taken', async () => {
  show([anEnvironment()]);

  expect(await screen.findByRole('progressbar', { name: 'Disk taken by environments' })).toHaveAttribute(
    'aria-valuetext',
    '2.4 GB of 10 GB on disk',
  );
});

test('says where environments come from while there is none', async () => {
  show([]);

  expect(await screen.findByText('No environments yet')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Build a pipeline' })).toHaveAttribute('href', '/new');
});
