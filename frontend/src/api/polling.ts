/** Polling intervals in milliseconds, as a function of the last answer; false when nothing can change any more. */
import { isInWork } from '@/lib/environments/environment';
import { isActive, isFinal } from '@/lib/states';
import type { Batch, Environment, Run, RunRecord, Window } from './types';

const quick = 500;
const slow = 2000;
const whilePaused = 3000;
const inBackground = 5000;
const slowRunSeconds = 120;

export function runPollInterval(run: Run, hidden: boolean = document.hidden): number | false {
  if (isFinal(run.status)) {
    return false;
  }
  if (hidden) {
    return inBackground;
  }
  if (!isActive(run.status)) {
    return whilePaused;
  }
  return (run.etaSeconds ?? 0) > slowRunSeconds ? slow : quick;
}

/** For a list of runs. */
export function runListPollInterval(runs: { status: Run['status'] }[]): number | false {
  if (runs.some((run) => isActive(run.status))) {
    return 2 * quick;
  }
  return runs.every((run) => isFinal(run.status)) ? false : whilePaused;
}

export function batchPollInterval(batches: Batch[]): number | false {
  if (batches.every((batch) => isFinal(batch.status))) {
    return false;
  }
  return batches.every((batch) => batch.status === 'QUEUED') ? 2 * quick : quick;
}

/** In a full window without pending records only the total can still change. */
export function recordPollInterval(page: Window<RunRecord>): number | false {
  const settled =
    page.items.length === page.limit && page.items.every((record) => record.status !== 'PENDING');
  return settled ? slow : 2 * quick;
}

export function environmentPollInterval(
  environment: Environment | undefined,
  hidden: boolean = document.hidden,
): number | false {
  if (environment === undefined || !isInWork(environment.status)) {
    return false;
  }
  return hidden ? inBackground : quick;
}

/** For a list of environments. */
export function environmentListPollInterval(
  environments: { status: Environment['status'] }[],
): number | false {
  return environments.some(({ status }) => isInWork(status)) ? 2 * quick : false;
}
