import type { Batch } from '@/api/types';
import type { State } from '@/lib/states';

export type BatchGroup = { first: number; last: number; state: State; failedRecords: number };

/**
 * Groups adjacent batches into at most `cells` groups. The state of a group is the most urgent one of its batches:
 * running, then failed, then queued.
 */
export function groupBatches(batches: Batch[], cells: number): BatchGroup[] {
  const size = Math.max(1, Math.ceil(batches.length / cells));
  const groups: BatchGroup[] = [];
  for (let start = 0; start < batches.length; start += size) {
    const members = batches.slice(start, start + size);
    const first = members[0] as Batch;
    groups.push({
      first: first.number,
      last: (members.at(-1) ?? first).number,
      state: groupState(members),
      failedRecords: members.reduce((sum, batch) => sum + batch.failed, 0),
    });
  }
  return groups;
}

const byUrgency = ['RUNNING', 'FAILED', 'QUEUED', 'CANCELLED', 'SUCCEEDED'] as const;

function groupState(members: Batch[]): State {
  return byUrgency.find((state) => members.some((batch) => batch.status === state)) ?? 'QUEUED';
}
