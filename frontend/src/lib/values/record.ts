import type { State } from '../states';
import type { JsonObject } from './exact-json';

/** What happened to one record: its raw value, its value after each stage, and where it ended. */
export type RecordHistory = {
  index: number;
  status: Extract<State, 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'SKIPPED' | 'CANCELLED'>;
  raw: JsonObject;
  stages: { step: string; stage: string; value: JsonObject; ms: number }[];
  error?: RecordError | null | undefined;
  skipped?: string | null | undefined;
};

export type RecordError = {
  step?: string | null | undefined;
  stage?: string | null | undefined;
  type: string;
  message: string;
  traceback?: string | null | undefined;
  script?: string | null | undefined;
  line?: number | null | undefined;
};

/** The last value a record reached; the raw one when no stage is done. */
export function lastValue(record: RecordHistory): JsonObject {
  return record.stages.at(-1)?.value ?? record.raw;
}

/** Milliseconds all stages took together. */
export function totalMilliseconds(record: RecordHistory): number {
  return record.stages.reduce((sum, stage) => sum + stage.ms, 0);
}

/** Where a fault happened, as in `clean · main · check.py line 7`; empty when nothing can be said. */
export function errorLocation(error: RecordError): string {
  const script = error.script ? [error.line ? `${error.script} line ${error.line}` : error.script] : [];
  return [error.step, error.stage, ...script].filter(Boolean).join(' · ');
}

/** The names of the fields of some records in the order they first appear. */
export function fieldNames(values: JsonObject[]): string[] {
  return [...new Set(values.flatMap((value) => Object.keys(value)))];
}

/** A label per stage: `pre`, `main`, `post` where there is one step, with the step's name where there are several. */
export function stageLabels(record: RecordHistory): string[] {
  return record.stages.map((stage) => stageLabel(record, stage));
}

/** The label of the stage that failed; undefined where none did, or nobody knows which. */
export function failedStageLabel(record: RecordHistory): string | undefined {
  const { step, stage } = record.error ?? {};
  return step && stage ? stageLabel(record, { step, stage }) : undefined;
}

function stageLabel(record: RecordHistory, { step, stage }: { step: string; stage: string }): string {
  const steps = new Set(record.stages.map((one) => one.step));
  if (record.error?.step) {
    steps.add(record.error.step);
  }
  return steps.size === 1 ? stage : `${step} ${stage}`;
}
