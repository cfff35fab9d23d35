import type { ScriptProblem, StageName } from '@/api/types';
import { formatCount } from '@/lib/format';
import type { FinishedTrial } from './use-trial';

/** The failures of a trial in a script, at their lines. */
export type TrialFailures = (step: string, stage: StageName) => ScriptProblem[];

/** Marks the lines at which records of a trial failed; records that failed alike are one problem. */
export function trialFailures(trial: FinishedTrial | undefined): TrialFailures {
  return (step, stage) => {
    const records = trial?.result.records ?? [];
    const found = new Map<string, { line: number; text: string; records: number }>();
    for (const { error } of records) {
      if (error?.step === step && error.stage === stage && error.line != null) {
        const text = `${error.type}: ${error.message}`;
        const key = `${error.line} ${text}`;
        const known = found.get(key) ?? { line: error.line, text, records: 0 };
        found.set(key, { ...known, records: known.records + 1 });
      }
    }
    return [...found.values()].map(({ line, text, records: failed }) => ({
      line,
      column: 1,
      severity: 'error',
      message: `${text} (in ${failed} of ${formatCount(records.length, 'tried record')})`,
      code: 'TRIAL',
    }));
  };
}
