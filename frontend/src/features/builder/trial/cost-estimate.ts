import type { Trial } from '@/api/types';
import { roundedUp } from '@/lib/money';

/** What the model calls of a trial let expect for the whole dataset, in dollars. */
export type CostEstimate = {
  perRecord: number;
  total: number;
  /** How many records the budget pays for; undefined where it pays for all. */
  paidRecords?: number;
  /** A budget that is likely to be enough. */
  enough: string;
};

/**
 * The budget of a run, and the most that a single call can cost: so much must be left of the budget for the last call.
 */
export type Means = { budget: number; reserve: number };

/** The records of a trial differ from the others, so that a suggested budget is higher than the estimate. */
const margin = 1.25;

/** Undefined when the trial has made no calls, or none that cost money. */
export function costEstimate(
  trial: Trial,
  records: number,
  { budget, reserve }: Means,
): CostEstimate | undefined {
  const cost = Number(trial.llm?.cost ?? 0);
  if (cost === 0 || trial.records.length === 0) {
    return undefined;
  }
  const perRecord = cost / trial.records.length;
  const total = perRecord * records;
  return {
    perRecord,
    total,
    ...(total + reserve > budget
      ? { paidRecords: Math.max(0, Math.min(records - 1, Math.floor((budget - reserve) / perRecord))) }
      : {}),
    enough: roundedUp(total * margin + reserve),
  };
}
