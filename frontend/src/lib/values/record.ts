import type { State } from '../states';
import type { JsonObject } from './exact-json';

/** One record: its raw value, its value after each stage, and its final state. */
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

/** The value after the last completed stage; the raw value when there is none. */
export function lastValue(record: RecordHistory): JsonObject {
  return record.stages.at(-1)?.value ?? record.raw;
}

/** The duration of all stages in milliseconds. */
export function totalMilliseconds(record: RecordHistory): number {
  return record.stages.reduce((sum, stage) => sum + stage.ms, 0);
}

/** Where an error happened, such as `clean · main · check.py line 7`; empty when it is not known. */
export function errorLocation(error: RecordError): string {
  const script = error.script ? [error.line ? `${error.script} line ${error.line}` : error.script] : [];
  return [error.step, error.stage, ...script].filter(Boolean).join(' · ');
}

/** The field names of some records, in order of first appearance. */
export function fieldNames(values: JsonObject[]): string[] {
  return [...new Set(values.flatMap((value) => Object.keys(value)))];
}

/** The label of each stage: `pre`, `main` or `post`, with the name of the step when there are several steps. */
export function stageLabels(record: RecordHistory): string[] {
  return record.stages.map((stage) => stageLabel(record, stage));
}

/** The label of the stage that failed; undefined when none failed or it is not known. */
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
