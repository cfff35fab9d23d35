import type { RecordStatus, StageName } from '@/api/types';
import { stages } from '@/lib/stages';

/** A filter for the records of a run, as it is in the address; missing fields filter nothing. */
export type RecordFilter = {
  status?: RecordStatus;
  /** Where a record failed. */
  step?: string;
  stage?: StageName;
  /** The type of its error. */
  error?: string;
  /** The id of the group of failures it is in. */
  cause?: string;
  /** The id of the reason it was skipped for. */
  reason?: string;
  /** A text that the record contains. */
  q?: string;
};

export const maxTextLength = 200;

const statuses: RecordStatus[] = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'PENDING'];
const textFields = ['step', 'error', 'cause', 'reason', 'q'] as const;

export function recordFilterOf(search: URLSearchParams): RecordFilter {
  const filter: RecordFilter = {};
  const status = statuses.find((one) => one === search.get('status'));
  const stage = stages.find((one) => one === search.get('stage'));
  if (status !== undefined) {
    filter.status = status;
  }
  if (stage !== undefined) {
    filter.stage = stage;
  }
  for (const field of textFields) {
    const value = search.get(field);
    if (value) {
      filter[field] = field === 'q' ? value.slice(0, maxTextLength) : value;
    }
  }
  return filter;
}

/** Whether the service must scan the records, so that it cannot know the total at once. */
export function isSearch(filter: RecordFilter): boolean {
  return filtersFailures(filter) || filter.reason !== undefined || filter.q !== undefined;
}

export function filtersFailures({ step, stage, error, cause }: RecordFilter): boolean {
  return [step, stage, error, cause].some((field) => field !== undefined);
}

/** The filter with another state. Conditions that only failed records can meet are dropped for other states. */
export function withStatus(filter: RecordFilter, status: RecordStatus | undefined): RecordFilter {
  const { status: _, reason: __, ...rest } = filter;
  if (status === undefined) {
    return rest;
  }
  return status === 'FAILED' ? { ...rest, status } : { ...(rest.q ? { q: rest.q } : {}), status };
}

/** The filter with other conditions on failures; a state other than failed is dropped. */
export function withFailure(
  { status, q }: RecordFilter,
  failure: Pick<RecordFilter, 'step' | 'stage' | 'error' | 'cause'>,
): RecordFilter {
  return { ...(status === 'FAILED' ? { status } : {}), ...failure, ...(q ? { q } : {}) };
}

export function withText(filter: RecordFilter, text: string): RecordFilter {
  const { q: _, ...rest } = filter;
  return text === '' ? rest : { ...rest, q: text };
}
