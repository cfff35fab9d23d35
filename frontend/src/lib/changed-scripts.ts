import { type Stage, stages } from './stages';

/** A step, as far as its scripts are compared. */
type Step = { name: string } & { [Name in Stage]?: { source: string } | null | undefined };

export type ChangedScript = { step: string; stage: Stage; before: string; after: string };

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

function sourceOf(steps: Step[], name: string, stage: Stage): string {
  return steps.find((step) => step.name === name)?.[stage]?.source ?? '';
}
