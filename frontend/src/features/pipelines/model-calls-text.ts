import type { ModelOptions } from '@/api/types';
import { formatMoney } from '@/lib/money';

/** `Its scripts may call small or large at openai, for up to $5.00 a run.` */
export function modelCallsText({ upstream, models, budget }: ModelOptions): string {
  const which = models == null || models.length === 0 ? 'any model' : models.join(' or ');
  const where = upstream == null ? '' : ` at ${upstream}`;
  const limit = budget == null ? '' : `, for up to ${formatMoney(budget)} a run`;
  return `Its scripts may call ${which}${where}${limit}.`;
}
