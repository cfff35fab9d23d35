import type { StageName, Step } from '@/api/types';
import { stages } from '@/lib/stages';

export type ChangedScript = { step: string; stage: StageName; before: string; after: string };

/**
 * The scripts that differ between two lists of steps, matched by the name of the step. A missing script counts as
 * empty.
 */
export function changedScripts(before: Step[], after: Step[]): ChangedScript[] {
  const names = [...new Set([...after, ...before].map((step) => step.name))];
  return names
    .flatMap((step) =>
      stages.map((stage) => ({
        step,
        stage,
        before: sourceOf(before, step, stage),
        after: sourceOf(after, step, stage),
      })),
    )
    .filter((change) => change.before !== change.after);
}

function sourceOf(steps: Step[], name: string, stage: StageName): string {
  return steps.find((step) => step.name === name)?.[stage]?.source ?? '';
}
