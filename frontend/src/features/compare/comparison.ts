import type { Comparison } from '@/api/types';

/** How the result of a record differs in the second run. */
export type Verdict = 'broken' | 'fixed' | 'changed' | 'other';

export const verdicts: Verdict[] = ['broken', 'fixed', 'changed', 'other'];

export const verdictLabels: Record<Verdict, string> = {
  changed: 'Different value',
  fixed: 'Fixed',
  broken: 'Broken',
  other: 'Different state',
};

/** Adds up answers about consecutive parts of two runs. */
export function sumOf(answers: Comparison[]): Pick<Comparison, 'compared' | 'same' | Verdict> {
  const sum = (one: (answer: Comparison) => number) =>
    answers.reduce((total, answer) => total + one(answer), 0);
  const difference = (verdict: Verdict) => ({
    records: sum((answer) => answer[verdict].records),
    indexes: answers.flatMap((answer) => answer[verdict].indexes),
  });
  return {
    compared: sum((answer) => answer.compared),
    same: sum((answer) => answer.same),
    broken: difference('broken'),
    fixed: difference('fixed'),
    changed: difference('changed'),
    other: difference('other'),
  };
}
