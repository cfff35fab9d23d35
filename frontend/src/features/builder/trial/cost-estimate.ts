import type { Trial } from '@/api/types';
import { roundedUp } from '@/lib/money';

/** What the model calls of a trial let expect for the whole dataset, in dollars. */
export type CostEstimate = {
  low: number;
  high: number;
  /** Whether the budget pays for the highest cost; where it does not, it may pay for all records all the same. */
  isEnough: boolean;
  /** How many records the budget is likely to pay for; undefined where it pays for all. */
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

const standardErrors = 2;

/**
 * The records of the trial are taken as a sample: all records cost its mean, plus or minus two standard errors, as in the
 * projection of a run. Undefined when the trial has made no calls, or none that cost money.
 */
export function costEstimate(
  trial: Trial,
  records: number,
  { budget, reserve }: Means,
): CostEstimate | undefined {
  const cost = Number(trial.llm?.cost ?? 0);
  const size = trial.records.length;
  if (cost === 0 || size === 0) {
    return undefined;
  }
  const perRecord = cost / size;
  const total = perRecord * records;
  const error = standardErrors * Math.sqrt(varianceOf(trial) * (records + (records * records) / size));
  const high = total + error;
  return {
    low: Math.max(0, total - error),
    high,
    isEnough: high + reserve <= budget,
    ...(total + reserve > budget
      ? { paidRecords: Math.max(0, Math.min(records - 1, Math.floor((budget - reserve) / perRecord))) }
      : {}),
    enough: roundedUp(Math.max(high, total * margin) + reserve),
  };
}

/** Of what single records cost; one record says nothing of it. */
function varianceOf({ records }: Trial): number {
  if (records.length < 2) {
    return 0;
  }
  const costs = records.map(({ llm }) => Number(llm?.cost ?? 0));
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  return costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (costs.length - 1);
}
