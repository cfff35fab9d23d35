import { Anchor, Text } from '@mantine/core';
import type { Trial } from '@/api/types';
import { formatCompact, formatCount, formatNumber } from '@/lib/format';
import { formatMoney, formatMoneyRange } from '@/lib/money';
import { costEstimate, type Means } from './cost-estimate';

type TrialCostProps = {
  trial: Trial;
  /** Records of the dataset. */
  total: number;
  /** In dollars. */
  means: Means;
  onBudget: (budget: string) => void;
};

/** What the model calls of a trial have cost, and what a run would, compared with its budget. */
export function TrialCost({ trial, total, means, onBudget }: TrialCostProps) {
  const { llm } = trial;
  const { budget } = means;
  if (llm == null || llm.calls === 0) {
    return null;
  }
  const estimate = costEstimate(trial, total, means);
  return (
    <Text size="sm" className="quiet figures" component="div">
      {formatCount(llm.calls, 'model call')}, {formatCompact(llm.promptTokens + llm.completionTokens)} tokens,{' '}
      {formatMoney(llm.cost)}
      {estimate === undefined ? (
        '.'
      ) : (
        <>
          : about <strong>{formatMoneyRange(estimate.low, estimate.high)}</strong> for{' '}
          {formatCount(total, 'record')}.{' '}
          {estimate.isEnough ? (
            `The budget of ${formatMoney(budget)} is enough.`
          ) : (
            <>
              <Text span inherit c="var(--state-paused)">
                The budget of {formatMoney(budget)}{' '}
                {estimate.paidRecords === undefined
                  ? 'may not be enough.'
                  : `pays for about ${formatNumber(estimate.paidRecords)} of them.`}
              </Text>{' '}
              <Anchor component="button" type="button" size="sm" onClick={() => onBudget(estimate.enough)}>
                Set the budget to {formatMoney(estimate.enough)}
              </Anchor>
            </>
          )}
        </>
      )}
    </Text>
  );
}
