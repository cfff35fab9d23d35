/** The states of runs, batches and records in the words of the page. */

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

/** Whether nothing changes any more. */
export function isFinal(state: State): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING' && state !== 'PENDING';
}
