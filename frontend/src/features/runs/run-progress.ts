import type { RecordCounts, Run } from '@/api/types';
import { formatDuration, percentOf } from '@/lib/format';
import { isActive, isFinal, type State, stateLabel } from '@/lib/states';

/** The counts of a run's records by state, in display order. They always add up to the total. */
export function recordParts(records: RecordCounts): { state: State; count: number }[] {
  return [
    { state: 'SUCCEEDED', count: records.succeeded },
    { state: 'FAILED', count: records.failed },
    { state: 'SKIPPED', count: records.skipped },
    { state: 'CANCELLED', count: records.cancelled },
    { state: 'PENDING', count: records.pending },
  ];
}

/** The share of finished records in whole percent, whether they succeeded or not. */
export function percentDone(records: RecordCounts): number {
  return percentOf(records.total - records.pending, records.total);
}

/** The title of the browser tab; it begins with what changes. */
export function tabTitle(run: Run): string {
  const percent = `${percentDone(run.records)}%`;
  const label = stateLabel(run.status);
  const progress = run.status === 'PAUSED' ? `${label} ${percent}` : percent;
  const state = isFinal(run.status) ? label : progress;
  return `${state} · ${run.name} · Data Pipeline`;
}

type TimesOfRun = Pick<Run, 'startedAt' | 'pausedAt' | 'resumedAt' | 'pausedSeconds' | 'finishedAt'>;

/** Milliseconds from start to end, or to `now` while the run is active, without its pauses; undefined before it starts. */
export function elapsedMilliseconds(run: TimesOfRun, now: number): number | undefined {
  if (!run.startedAt) {
    return undefined;
  }
  const pauseBegan = run.pausedAt && !run.resumedAt ? Date.parse(run.pausedAt) : now;
  const end = run.finishedAt ? Date.parse(run.finishedAt) : pauseBegan;
  return Math.max(0, end - Date.parse(run.startedAt) - run.pausedSeconds * 1000);
}

/** `About 14 s left`, or undefined when the service has no estimate. */
export function timeLeft(run: Run): string | undefined {
  if (!isActive(run.status) || run.etaSeconds == null) {
    return undefined;
  }
  return `About ${formatDuration(Math.max(1, Math.round(run.etaSeconds)) * 1000)} left`;
}
