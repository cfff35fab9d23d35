import { HttpResponse, http } from 'msw';
import { beforeEach } from 'vitest';
import { aDataset, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { BuilderPage } from './builder-page';

export const dataset = aDataset();

/** Before each test: a service with one dataset, no saved pipeline, and scripts without problems. */
export function withOneDataset() {
  beforeEach(() => {
    server.use(
      http.get('*/api/v1/datasets', () => HttpResponse.json({ items: [dataset], nextCursor: null })),
      http.get('*/api/v1/datasets/:id', () => HttpResponse.json(dataset)),
      http.get('*/api/v1/datasets/:id/records', () => HttpResponse.json(aWindow([{ country: 'Italy' }]))),
      http.get('*/api/v1/pipelines', () => HttpResponse.json({ items: [], nextCursor: null })),
      http.post('*/api/v1/scripts/check', () => HttpResponse.json({ valid: true, problems: [] })),
    );
  });
}

export function renderBuilder(address: string) {
  return renderPage(
    [
      { path: '/new', element: <BuilderPage /> },
      { path: '/runs/:id', element: <p>the run</p> },
    ],
    address,
  );
}
