import type { RunListFilter } from '@/api/runs';
import type { RunStatus } from '@/api/types';
import { startOfDay } from '@/lib/list-search';

export const statuses: RunStatus[] = [
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'SUCCEEDED',
  'PARTIAL',
  'FAILED',
  'CANCELLED',
];

type Sort = NonNullable<RunListFilter['sort']>;

export const sorts: Record<Sort, string> = {
  NEWEST: 'Newest first',
  OLDEST: 'Oldest first',
  NAME: 'By name',
  MOST_RECORDS: 'Most records first',
  MOST_FAILED: 'Most failed first',
};

const filters = ['q', 'status', 'dataset', 'pipeline', 'version', 'tag', 'starred', 'since', 'until'];

/** The filter that an address stands for. Its days begin and end at midnight where the user is. */
export function runFilterOf(search: URLSearchParams): RunListFilter {
  const text = (name: string) => search.get(name) || undefined;
  const status = statuses.find((one) => one === search.get('status'));
  const sort = (Object.keys(sorts) as Sort[]).find((one) => one === search.get('sort'));
  const version = Number(search.get('version')) || undefined;
  return withoutUndefined({
    q: text('q'),
    status,
    dataset: text('dataset'),
    pipeline: text('pipeline'),
    pipelineVersion: version,
    tag: text('tag'),
    starred: search.get('starred') === 'true' ? true : undefined,
    since: startOfDay(search.get('since')),
    until: startOfDay(search.get('until'), 1),
    sort: sort === 'NEWEST' ? undefined : sort,
  });
}

/** Whether the address leaves out any runs. */
export function isFiltered(search: URLSearchParams): boolean {
  return filters.some((name) => (search.get(name) ?? '') !== '');
}

function withoutUndefined(filter: { [Name in keyof RunListFilter]: RunListFilter[Name] | undefined }) {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as RunListFilter;
}
