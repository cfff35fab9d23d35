import type { RunRecord } from '@/api/types';
import { sameJson } from '@/lib/exact-json';
import { lastValue } from '@/lib/record';

/** What became of a record in the second run as against the first. */
export type Verdict = 'same' | 'changed' | 'mended' | 'broken' | 'other';

/** How many indexes of a verdict are kept to be looked at; all are counted. */
export const mostKept = 10_000;

export type Comparison = {
  done: number;
  counts: Record<Verdict, number>;
  indexes: Record<Verdict, number[]>;
};

export const verdicts: Verdict[] = ['broken', 'mended', 'changed', 'other', 'same'];

export const verdictLabels: Record<Verdict, string> = {
  same: 'Same',
  changed: 'Other value',
  mended: 'Mended',
  broken: 'Broken',
  other: 'Other outcome',
};

export function emptyComparison(): Comparison {
  return {
    done: 0,
    counts: { same: 0, changed: 0, mended: 0, broken: 0, other: 0 },
    indexes: { same: [], changed: [], mended: [], broken: [], other: [] },
  };
}

export function verdictOf(first: RunRecord, second: RunRecord): Verdict {
  if (first.status !== second.status) {
    if (second.status === 'SUCCEEDED') {
      return 'mended';
    }
    return first.status === 'SUCCEEDED' ? 'broken' : 'other';
  }
  if (first.status === 'FAILED') {
    return first.error?.type === second.error?.type && first.error?.message === second.error?.message
      ? 'same'
      : 'other';
  }
  return sameJson(lastValue(first), lastValue(second)) ? 'same' : 'changed';
}

/** The comparison with a window of both runs added; records are matched by their index. */
export function withWindow(before: Comparison, first: RunRecord[], second: RunRecord[]): Comparison {
  const seconds = new Map(second.map((record) => [record.index, record]));
  const found = first.map((record) => {
    const other = seconds.get(record.index);
    return { index: record.index, verdict: other === undefined ? 'other' : verdictOf(record, other) };
  });
  const after = emptyComparison();
  after.done = before.done + first.length;
  for (const verdict of verdicts) {
    const indexes = found.filter((one) => one.verdict === verdict).map((one) => one.index);
    after.counts[verdict] = before.counts[verdict] + indexes.length;
    after.indexes[verdict] = [...before.indexes[verdict], ...indexes].slice(0, mostKept);
  }
  return after;
}
