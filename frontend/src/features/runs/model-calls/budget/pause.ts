import type { Run, RunModelCalls } from '@/api/types';

export type PauseReason = NonNullable<RunModelCalls['pauseReason']>;

/** Why a run is paused, in words. */
export const pauseCauses: Record<PauseReason, string> = {
  BUDGET: 'The budget is used up',
  KEY_REFUSED: 'The upstream refuses the key',
  QUOTA_EXHAUSTED: 'The account at the upstream is empty',
  OVERCHARGED: 'A call was billed more than it can cost',
  UPSTREAM_REMOVED: 'The settings no longer have the upstream',
};

/** What to do about it. */
export const pauseAdvice: Record<PauseReason, string> = {
  BUDGET: 'What is done is kept. Resume the run with a larger budget, or cancel it.',
  KEY_REFUSED:
    'What is done is kept. An administrator corrects the key in the settings; then resume the run.',
  QUOTA_EXHAUSTED: 'What is done is kept. Add credit at the upstream; then resume the run.',
  OVERCHARGED:
    'What is done is kept. Have the price of the model in the settings checked; then resume the run.',
  UPSTREAM_REMOVED:
    'What is done is kept. An administrator puts the upstream back into the settings; then resume the run.',
};

/** The reason, as far as the service tells it apart. */
export function pauseReasonOf({ llm, statusReason }: Pick<Run, 'llm' | 'statusReason'>): PauseReason {
  return llm?.pauseReason ?? (/\bkey\b/i.test(statusReason ?? '') ? 'KEY_REFUSED' : 'BUDGET');
}
