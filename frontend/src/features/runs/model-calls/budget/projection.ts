import type { Run, RunModelCalls } from '@/api/types';
import { formatCount } from '@/lib/format';
import { formatMoneyRange, roundedUp } from '@/lib/money';
import { isFinal } from '@/lib/states';

/** What the whole run will cost; `isShort` when its budget will not pay for that. */
export type Projection = { text: string; isShort: boolean };

/** Undefined when the run is over, or nothing is known yet. */
export function projectionOf(
  run: Pick<Run, 'status' | 'records'>,
  { budget, projectedLow, projectedHigh }: RunModelCalls,
): Projection | undefined {
  if (isFinal(run.status) || projectedLow == null || projectedHigh == null || Number(projectedHigh) === 0) {
    return undefined;
  }
  const records = formatCount(run.records.total, 'record');
  return {
    text: `about ${formatMoneyRange(projectedLow, projectedHigh)} for all ${records}`,
    isShort: budget != null && Number(projectedLow) > Number(budget),
  };
}

/** How much more than the highest estimate the suggested budget is, because estimates err. */
const margin = 1.1;

/**
 * The budget that the dialog to resume a run begins with: what all records are likely to cost, or twice the budget
 * while nobody can tell; always more than what is spent and what the next call needs. The last call must find room for
 * the most that it can cost, so that the run does not pause again just before its end.
 */
export function suggestedBudget(llm: RunModelCalls): string {
  const budget = Number(llm.budget ?? 0);
  const room = Number(llm.unsettled) + Number(llm.needed ?? 0);
  const wanted = llm.projectedHigh == null ? 0 : Number(llm.projectedHigh) * margin + room;
  const least = Math.max(budget, Number(llm.spent) + room);
  return roundedUp(wanted > least ? wanted : 2 * least);
}
