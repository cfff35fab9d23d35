import { createBrowserRouter, type RouteObject } from 'react-router';
import { NotFoundPage } from './not-found-page';
import { PageError } from './page-error';
import { Shell } from './shell';

/** Each page is its own chunk: the first view loads what it shows. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <PageError />,
    hydrateFallbackElement: <div />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./home-page')).HomePage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await import('@/features/builder/builder-page')).BuilderPage }),
      },
      {
        path: 'runs',
        lazy: async () => ({ Component: (await import('@/features/runs/runs-page')).RunsPage }),
      },
      {
        path: 'runs/:id',
        lazy: async () => ({ Component: (await import('@/features/runs/run-page')).RunPage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('@/features/runs/overview-tab')).OverviewTab }),
          },
          {
            path: 'records/:index?',
            lazy: async () => ({ Component: (await import('@/features/runs/records-tab')).RecordsTab }),
          },
          {
            path: 'failures',
            lazy: async () => ({ Component: (await import('@/features/runs/failures-tab')).FailuresTab }),
          },
          {
            path: 'batches',
            lazy: async () => ({ Component: (await import('@/features/runs/batches-tab')).BatchesTab }),
          },
          {
            path: 'pipeline',
            lazy: async () => ({ Component: (await import('@/features/runs/pipeline-tab')).PipelineTab }),
          },
        ],
      },
      {
        path: 'pipelines',
        lazy: async () => ({
          Component: (await import('@/features/pipelines/pipelines-page')).PipelinesPage,
        }),
      },
      {
        path: 'pipelines/:id',
        lazy: async () => ({ Component: (await import('@/features/pipelines/pipeline-page')).PipelinePage }),
      },
      {
        path: 'datasets',
        lazy: async () => ({ Component: (await import('@/features/datasets/datasets-page')).DatasetsPage }),
      },
      {
        path: 'datasets/:id',
        lazy: async () => ({ Component: (await import('@/features/datasets/dataset-page')).DatasetPage }),
      },
      {
        path: 'system',
        lazy: async () => ({ Component: (await import('@/features/system/system-page')).SystemPage }),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
