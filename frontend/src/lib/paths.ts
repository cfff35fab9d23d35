/** The addresses of the page. Links and tests rely on them. */

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) {
      search.set(key, String(value));
    }
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/** A filter for the records of a run, and the columns of their table. */
type Filter = Partial<
  Record<
    | 'status'
    | 'step'
    | 'stage'
    | 'error'
    | 'cause'
    | 'reason'
    | 'q'
    | 'columns'
    | 'pinned'
    | 'sort'
    | 'order',
    string
  >
>;

/** A filter for the model calls of a run. */
type CallFilter = { record?: number | string; status?: string };

export const paths = {
  home: '/',
  newRun: (start: { pipeline?: string; dataset?: string; from?: string; example?: string } = {}) =>
    withQuery('/new', start),
  /** The builder with the pipeline of a run, open at a line of a script, with records to try the correction on. */
  fix: (run: string, at: { script: string; line?: number | undefined; records: number[]; cause?: string }) =>
    withQuery('/new', {
      from: run,
      script: at.script,
      line: at.line,
      try: at.records.join(','),
      cause: at.cause,
    }),
  /** The builder with the pipeline of a run, and one of its records to be edited and tried. */
  editRecord: (run: string, index: number) => withQuery('/new', { from: run, sample: index }),
  runs: '/runs',
  /** The runs of a dataset or of a saved pipeline. */
  runsOf: (filter: { dataset?: string; pipeline?: string; version?: number }) => withQuery('/runs', filter),
  run: (id: string) => `/runs/${id}`,
  runRecords: (id: string, filter: Filter = {}) => withQuery(`/runs/${id}/records`, filter),
  runRecord: (id: string, index: number, filter: Filter = {}) =>
    withQuery(`/runs/${id}/records/${index}`, filter),
  runFailures: (id: string) => `/runs/${id}/failures`,
  runSkips: (id: string) => `/runs/${id}/skips`,
  runBatches: (id: string, open: { batch?: number } = {}) => withQuery(`/runs/${id}/batches`, open),
  runModelCalls: (id: string, { record, status }: CallFilter = {}) =>
    withQuery(`/runs/${id}/model-calls`, { record, status }),
  runPipeline: (id: string, at: { script?: string; line?: number; attempt?: number } = {}) =>
    withQuery(`/runs/${id}/pipeline`, at),
  pipelines: '/pipelines',
  pipeline: (id: string, shown: { version?: number; against?: number } = {}) =>
    withQuery(`/pipelines/${id}`, shown),
  datasets: '/datasets',
  datasetsWithContent: (sha256: string) => withQuery('/datasets', { sha256 }),
  dataset: (id: string) => `/datasets/${id}`,
  environments: '/environments',
  /** `against` is the environment that it is compared with. */
  environment: (id: string, { against }: { against?: string } = {}) =>
    withQuery(`/environments/${id}`, { against }),
  compare: (a?: string, b?: string) => withQuery('/compare', { a, b }),
  system: '/system',
  account: '/account',
  users: '/users',
  projects: '/projects',
  project: (name: string) => `/projects/${name}`,
  audit: '/audit',
  secrets: '/secrets',
  /** Where links with which a password is chosen lead; the service makes them. */
  choosePassword: '/choose-password',
  firstAdministrator: '/first-administrator',
};
