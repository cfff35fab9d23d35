import { Progress } from '@mantine/core';
import type { RunModelCalls } from '@/api/types';
import { percentOf } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import classes from './money-line.module.css';

type BudgetBarProps = { llm: Pick<RunModelCalls, 'spent' | 'unsettled' | 'reserved'>; budget: number };

/** The share of the budget that is spent, unsettled and reserved, in this order. */
export function BudgetBar({ llm, budget }: BudgetBarProps) {
  const [spent, unsettled, reserved] = [Number(llm.spent), Number(llm.unsettled), Number(llm.reserved)];
  const used = spent + unsettled + reserved;
  const share = (amount: number) => (budget === 0 ? 100 : (amount / Math.max(budget, used)) * 100);
  return (
    <Progress.Root
      size={8}
      className={classes.bar}
      transitionDuration={150}
      role="progressbar"
      aria-label="Budget used"
      aria-valuenow={percentOf(used, budget)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${formatMoney(used)} of ${formatMoney(budget)}`}
    >
      <Progress.Section value={share(spent)} color="var(--state-running)" withAria={false} />
      <Progress.Section value={share(unsettled)} color="var(--state-partial)" striped withAria={false} />
      <Progress.Section value={share(reserved)} color="var(--state-cancelled)" withAria={false} />
    </Progress.Root>
  );
}
