import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Run, RunModelCalls } from '@/api/types';
import { Explained } from '@/components/explained';
import { formatCompact, formatCount, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { BudgetBar } from './budget-bar';
import classes from './money-line.module.css';
import { projectionOf } from './projection';

/** What the model calls of a run have cost, against its budget, and what they will. */
export function MoneyLine({ run, llm }: { run: Run; llm: RunModelCalls }) {
  const projection = projectionOf(run, llm);
  return (
    <section className={`figures ${classes.line}`} aria-label="Cost of model calls">
      {costsMoney(llm) && (
        <div className={classes.money}>
          <span>
            <span className={classes.spent} title={`$${llm.spent}`}>
              {formatMoney(llm.spent)}
            </span>{' '}
            {llm.budget == null ? 'spent, no budget' : `of ${formatMoney(llm.budget)}`}
          </span>
          {llm.budget != null && <BudgetBar llm={llm} budget={Number(llm.budget)} />}
        </div>
      )}
      <Group gap="2px 16px" className="quiet">
        {facts(llm).map(({ name, text, explanation }) => (
          <Explained key={name} by={explanation}>
            {text}
          </Explained>
        ))}
      </Group>
      {projection !== undefined && (
        <span className={classes.projection} data-short={projection.isShort || undefined}>
          <Explained by="Estimated from the records that are done. Records that cost more or less than those move it.">
            {projection.isShort ? `${projection.text}, over budget` : projection.text}
          </Explained>
        </span>
      )}
    </section>
  );
}

/** Calls to a model on a machine of one's own cost nothing; then there is nothing to show about money. */
function costsMoney({ budget, spent, unsettled, reserved }: RunModelCalls): boolean {
  return budget != null || [spent, unsettled, reserved].some((amount) => Number(amount) > 0);
}

type Fact = { name: string; text: string; explanation: ReactNode };

function facts(llm: RunModelCalls): Fact[] {
  const facts: (Fact | false)[] = [
    Number(llm.unsettled) > 0 && {
      name: 'unsettled',
      text: `${formatMoney(llm.unsettled)} unsettled`,
      explanation:
        'Calls whose end nobody saw, such as a cut connection. The upstream may bill them, so they count against the budget.',
    },
    Number(llm.reserved) > 0 && {
      name: 'reserved',
      text: `${formatMoney(llm.reserved)} reserved`,
      explanation:
        'The most that the calls under way can cost. What they do not need goes back to the budget when they end.',
    },
    {
      name: 'calls',
      text: [
        formatCount(llm.calls, 'call'),
        ...(llm.failed > 0 ? [`${formatNumber(llm.failed)} failed`] : []),
      ].join(', '),
      explanation: `Answers from ${llm.upstream}, replayed and cached ones included.`,
    },
    {
      name: 'tokens',
      text: `${formatCompact(llm.promptTokens + llm.completionTokens)} tokens`,
      explanation: tokensInFull(llm),
    },
    llm.waitingMillis > 0 && {
      name: 'waiting',
      text: `waited ${formatDuration(llm.waitingMillis)}`,
      explanation:
        'How long calls waited for their turn in the rate limit, all calls together. The clock of a record stops meanwhile.',
    },
    llm.cacheHits > 0 && {
      name: 'cache',
      text: `${formatNumber(llm.cacheHits)} from cache`,
      explanation: 'Calls that another run had made before. They cost nothing.',
    },
    llm.replays > 0 && {
      name: 'replays',
      text: `${formatNumber(llm.replays)} replayed`,
      explanation:
        'Calls that this run had made before it was interrupted or retried. Their answers were kept, so they cost nothing again.',
    },
  ];
  return facts.filter((fact) => fact !== false);
}

function tokensInFull({ promptTokens, cachedTokens, completionTokens }: RunModelCalls): string {
  const cached = cachedTokens > 0 ? `, ${formatNumber(cachedTokens)} of them cached by the upstream` : '';
  return `${formatNumber(promptTokens)} sent${cached}; ${formatNumber(completionTokens)} received.`;
}
