/** The states of runs, batches and records, with their labels. */

export type State =
  | 'QUEUED'
  | 'RUNNING'
  | 'PAUSED'
  | 'SUCCEEDED'
  | 'PARTIAL'
  | 'FAILED'
  | 'CANCELLED'
  | 'SKIPPED'
  | 'PENDING';

const labels: Record<State, string> = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  SUCCEEDED: 'Succeeded',
  PARTIAL: 'Partial',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  SKIPPED: 'Skipped',
  PENDING: 'Pending',
};

export function stateLabel(state: State): string {
  return labels[state];
}

/** Whether the state can no longer change. */
export function isFinal(state: State): boolean {
  return !['QUEUED', 'RUNNING', 'PAUSED', 'PENDING'].includes(state);
}

/** Whether the state changes by itself: a run that is paused waits for somebody. */
export function isActive(state: State): boolean {
  return !isFinal(state) && state !== 'PAUSED';
}
