/** How soon to ask again, as a function of what was last seen. Milliseconds; false when nothing moves any more. */
import { isFinal } from '@/lib/states';
import type { Batch, Run, RunRecord, Window } from './types';

const quick = 500;
const slow = 2000;
const inBackground = 5000;
const slowRunSeconds = 120;

export function runPollInterval(run: Run, hidden: boolean = document.hidden): number | false {
  if (isFinal(run.status)) {
    return false;
  }
  if (hidden) {
    return inBackground;
  }
  return (run.etaSeconds ?? 0) > slowRunSeconds ? slow : quick;
}

export function batchPollInterval(batches: Batch[]): number | false {
  if (batches.every((batch) => isFinal(batch.status))) {
    return false;
  }
  return batches.every((batch) => batch.status === 'QUEUED') ? 2 * quick : quick;
}

/** A window that is full and has nothing pending only has its total to learn. */
export function recordPollInterval(page: Window<RunRecord>): number | false {
  const settled =
    page.items.length === page.limit && page.items.every((record) => record.status !== 'PENDING');
  return settled ? slow : 2 * quick;
}
