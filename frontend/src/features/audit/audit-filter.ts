import type { AuditFilter } from '@/api/audit';
import type { AuditOutcome } from '@/api/types';
import { startOfDay } from '@/lib/list-search';
import type { State } from '@/lib/states';

/** The outcomes with their labels, and the states whose shape and colour they have. */
export const outcomes: Record<AuditOutcome, { label: string; state: State }> = {
  SUCCEEDED: { label: 'Succeeded', state: 'SUCCEEDED' },
  REFUSED: { label: 'Refused', state: 'SKIPPED' },
  DENIED: { label: 'Denied', state: 'FAILED' },
  FAILED: { label: 'Failed', state: 'PARTIAL' },
  UNKNOWN: { label: 'Unknown', state: 'PENDING' },
};

const filters = ['who', 'operation', 'target', 'outcome', 'since', 'until'];

/** The filter that an address stands for. Its days begin and end at midnight where the user is. */
export function auditFilterOf(search: URLSearchParams): AuditFilter {
  const text = (name: string) => search.get(name) || undefined;
  const outcome = (Object.keys(outcomes) as AuditOutcome[]).find((one) => one === search.get('outcome'));
  const filter = {
    who: text('who'),
    operation: text('operation'),
    target: text('target'),
    outcome,
    since: startOfDay(search.get('since')),
    until: startOfDay(search.get('until'), 1),
    cursor: text('cursor'),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
}

/** Whether the address leaves out any entries. */
export function isFiltered(search: URLSearchParams): boolean {
  return filters.some((name) => (search.get(name) ?? '') !== '');
}
