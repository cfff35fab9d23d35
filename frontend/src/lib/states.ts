/** The states of runs, batches and records, with their labels. */

export type State =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'PARTIAL'
  | 'FAILED'
  | 'CANCELLED'
  | 'SKIPPED'
  | 'PENDING';

const labels: Record<State, string> = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
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
  return state !== 'QUEUED' && state !== 'RUNNING' && state !== 'PENDING';
}
