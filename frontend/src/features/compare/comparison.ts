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

type FieldSum = Comparison['fields'][number];

/** Adds up answers about consecutive parts of two runs. */
export function sumOf(
  answers: Comparison[],
): Pick<Comparison, 'compared' | 'same' | 'statuses' | 'fields' | Verdict> {
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
    statuses: addedUp(
      answers.flatMap(({ statuses }) => statuses),
      ({ before, after }) => `${before} ${after}`,
      (one, next) => ({ ...one, records: one.records + next.records }),
    ).sort((one, next) => next.records - one.records),
    fields: addedUp(
      answers.flatMap(({ fields }) => fields),
      ({ name }) => name,
      (one, next) => ({
        name: one.name,
        changed: one.changed + next.changed,
        added: one.added + next.added,
        removed: one.removed + next.removed,
      }),
    ).sort((one, next) => fieldRecords(next) - fieldRecords(one)),
  };
}

/** In how many records a field differs. */
export function fieldRecords({ changed, added, removed }: FieldSum): number {
  return changed + added + removed;
}

function addedUp<Part>(
  parts: Part[],
  keyOf: (part: Part) => string,
  add: (one: Part, next: Part) => Part,
): Part[] {
  const sums = new Map<string, Part>();
  for (const part of parts) {
    const known = sums.get(keyOf(part));
    sums.set(keyOf(part), known === undefined ? part : add(known, part));
  }
  return [...sums.values()];
}
