import type { Dataset } from '@/api/types';
import type { JsonObject } from '@/lib/values/exact-json';
import type { StepDraft } from '../draft/draft';
import type { FinishedTrial } from '../trial/use-trial';
import { outputNames } from './prompt';
import { promptOfStep } from './step-prompt';

/** A record as the main script of a step gets it, with its index in the dataset. */
export type StepInput = { index: number; value: JsonObject };

/** The position of a step among the others. */
export type StepPlace = { steps: StepDraft[]; position: number };

/**
 * What a step gets: records of the dataset where nothing runs before it, else those of the last trial. Before the first
 * trial the records of the dataset stand for them.
 */
export function stepInputs(
  place: StepPlace,
  raw: JsonObject[],
  trial: FinishedTrial | undefined,
): StepInput[] {
  if (trial === undefined || isFirstScript(place)) {
    return raw.map((value, index) => ({ index, value }));
  }
  return trial.result.records.map((record, at) => ({
    index: trial.indexes[at] ?? at,
    value: record.stages.findLast((stage) => runsBefore(place, stage))?.value ?? record.raw,
  }));
}

function isFirstScript({ steps, position }: StepPlace): boolean {
  return position === 0 && steps[0]?.scripts.pre === undefined;
}

function runsBefore({ steps, position }: StepPlace, stage: { step: string; stage: string }): boolean {
  const at = steps.findIndex(({ name }) => name.trim() === stage.step);
  return (at >= 0 && at < position) || (at === position && stage.stage === 'pre');
}

/** The fields that the records of a step may have, as far as they are known, in the order of the dataset. */
export function knownFields(place: StepPlace, dataset: Dataset | undefined, inputs: StepInput[]): string[] {
  const earlier = place.steps.slice(0, place.position).map(promptOfStep);
  return [
    ...new Set([
      ...(dataset?.fields.map(({ name }) => name) ?? []),
      ...earlier.flatMap((prompt) => (prompt === undefined ? [] : outputNames(prompt))),
      ...inputs.flatMap(({ value }) => Object.keys(value)),
    ]),
  ];
}
