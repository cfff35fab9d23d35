import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { HomePage } from './home/home-page';
import { loadPage } from './load-page';
import { NotFoundPage } from './shell/not-found-page';
import { PageError } from './shell/page-error';
import { Shell } from './shell/shell';
import { openToEverybody } from './shell/sign-in-gate';

type PageLoader = () => Promise<ComponentType>;

/**
 * The home page is part of the initial chunk; every other page has its own, so that the first view loads only what it
 * shows.
 */
const pages = {
  builder: async () => (await import('@/features/builder/builder-page')).BuilderPage,
  runs: async () => (await import('@/features/runs/list/runs-page')).RunsPage,
  run: async () => (await import('@/features/runs/page/run-page')).RunPage,
  overview: async () => (await import('@/features/runs/overview/overview-tab')).OverviewTab,
  records: async () => (await import('@/features/runs/records/records-tab')).RecordsTab,
  failures: async () => (await import('@/features/runs/failures/failures-tab')).FailuresTab,
  skips: async () => (await import('@/features/runs/failures/skips-tab')).SkipsTab,
  batches: async () => (await import('@/features/runs/batches/batches-tab')).BatchesTab,
  modelCalls: async () => (await import('@/features/runs/model-calls/model-calls-tab')).ModelCallsTab,
  runPipeline: async () => (await import('@/features/runs/page/pipeline-tab')).PipelineTab,
  pipelines: async () => (await import('@/features/pipelines/pipelines-page')).PipelinesPage,
  pipeline: async () => (await import('@/features/pipelines/pipeline-page')).PipelinePage,
  datasets: async () => (await import('@/features/datasets/datasets-page')).DatasetsPage,
  dataset: async () => (await import('@/features/datasets/dataset-page')).DatasetPage,
  environments: async () => (await import('@/features/environments/environments-page')).EnvironmentsPage,
  environment: async () => (await import('@/features/environments/environment-page')).EnvironmentPage,
  compare: async () => (await import('@/features/compare/compare-page')).ComparePage,
  system: async () => (await import('@/features/system/system-page')).SystemPage,
  account: async () => (await import('@/features/account/account-page')).AccountPage,
  projects: async () => (await import('@/features/projects/projects-page')).ProjectsPage,
  project: async () => (await import('@/features/projects/project-page')).ProjectPage,
  users: async () => (await import('@/features/users/users-page')).UsersPage,
  audit: async () => (await import('@/features/audit/audit-page')).AuditPage,
  secrets: async () => (await import('@/features/secrets/secrets-page')).SecretsPage,
  choosePassword: async () => (await import('@/features/account/choose-password-page')).ChoosePasswordPage,
  firstAdministrator: async () =>
    (await import('@/features/account/choose-password-page')).FirstAdministratorPage,
} satisfies Record<string, PageLoader>;

function lazily(load: PageLoader): Pick<RouteObject, 'lazy'> {
  return { lazy: async () => ({ Component: await loadPage(load) }) };
}

export const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <PageError />,
    hydrateFallbackElement: <div />,
    children: [
      { index: true, Component: HomePage },
      { path: 'new', ...lazily(pages.builder) },
      { path: 'runs', ...lazily(pages.runs) },
      {
        path: 'runs/:id',
        ...lazily(pages.run),
        children: [
          { index: true, ...lazily(pages.overview) },
          { path: 'records/:index?', ...lazily(pages.records) },
          { path: 'failures', ...lazily(pages.failures) },
          { path: 'skips', ...lazily(pages.skips) },
          { path: 'batches', ...lazily(pages.batches) },
          { path: 'model-calls', ...lazily(pages.modelCalls) },
          { path: 'pipeline', ...lazily(pages.runPipeline) },
        ],
      },
      { path: 'pipelines', ...lazily(pages.pipelines) },
      { path: 'pipelines/:id', ...lazily(pages.pipeline) },
      { path: 'datasets', ...lazily(pages.datasets) },
      { path: 'datasets/:id', ...lazily(pages.dataset) },
      { path: 'environments', ...lazily(pages.environments) },
      { path: 'environments/:id', ...lazily(pages.environment) },
      { path: 'compare', ...lazily(pages.compare) },
      { path: 'system', ...lazily(pages.system) },
      { path: 'account', ...lazily(pages.account) },
      { path: 'users', ...lazily(pages.users) },
      { path: 'projects', ...lazily(pages.projects) },
      { path: 'projects/:project', ...lazily(pages.project) },
      { path: 'audit', ...lazily(pages.audit) },
      { path: 'secrets', ...lazily(pages.secrets) },
      { path: 'choose-password', handle: openToEverybody, ...lazily(pages.choosePassword) },
      { path: 'first-administrator', handle: openToEverybody, ...lazily(pages.firstAdministrator) },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}

/**
 * Prefetches the code of the other pages, so that navigation is instant and works while the service is unreachable. One
 * page at a time, when the browser is idle, so that nothing the user waits for is delayed.
 */
export async function prefetchPages() {
  for (const load of Object.values(pages)) {
    await idle();
    // A page that fails to load now is loaded when the user navigates to it.
    await load().catch(() => undefined);
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (window.requestIdleCallback === undefined) {
      setTimeout(resolve, 200);
    } else {
      window.requestIdleCallback(() => resolve());
    }
  });
}
