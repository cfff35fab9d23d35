import { formatCount, formatNumber } from '../format';
import { isFinal, type State } from '../states';

type Retryable = { status: State; records: { failed: number; cancelled: number } };

/** The number of records that a retry would run again; 0 when the run cannot be retried. */
export function recordsToRetry({ status, records }: Retryable): number {
  return isFinal(status) ? records.failed + records.cancelled : 0;
}

/** `12 failed records`, `3 failed and 40 cancelled records`. */
export function retriedRecords({ failed, cancelled }: Retryable['records']): string {
  if (failed > 0 && cancelled > 0) {
    return `${formatNumber(failed)} failed and ${formatCount(cancelled, 'cancelled record')}`;
  }
  return cancelled > 0 ? formatCount(cancelled, 'cancelled record') : formatCount(failed, 'failed record');
}
