/** The stages of a step, in the order in which they run. */
export const stages = ['pre', 'main', 'post'] as const;

export type Stage = (typeof stages)[number];

export function isStage(text: string | null | undefined): text is Stage {
  return stages.some((stage) => stage === text);
}
