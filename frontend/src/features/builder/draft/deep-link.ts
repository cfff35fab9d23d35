import type { StageName } from '@/api/types';
import { isStage } from '@/lib/stages';
import type { Draft } from './draft';
import { parseIndexes } from './record-indexes';

/** The script that is open in the editor, and the line to scroll to. */
export type OpenScript = { stepKey: string; stage: StageName; line?: number };

/** What a link to the builder opens: a script, a line in it, records to try, and whether a record is to be edited and tried. */
export type DeepLink = {
  script?: { step: string; stage: string };
  line?: number;
  records: number[];
  hasSample: boolean;
};

/** `?script=<step>/<stage>&line=7&try=3,58`. */
export function deepLinkOf(search: URLSearchParams): DeepLink {
  const script = search.get('script');
  const slash = script?.lastIndexOf('/') ?? -1;
  const line = Number(search.get('line'));
  return {
    ...(script !== null && slash > 0
      ? { script: { step: script.slice(0, slash), stage: script.slice(slash + 1) } }
      : {}),
    ...(line > 0 ? { line } : {}),
    records: parseIndexes(search.get('try') ?? '') ?? [],
    hasSample: search.get('sample') !== null,
  };
}

/** The script that the link names, or the main script of a pipeline with a single step. */
export function scriptToOpen(draft: Draft, { script, line }: DeepLink): OpenScript | undefined {
  const step = draft.steps.find((one) => one.name === script?.step);
  if (step !== undefined && isStage(script?.stage)) {
    return { stepKey: step.key, stage: script.stage, ...(line === undefined ? {} : { line }) };
  }
  const [only] = draft.steps;
  return only === undefined || draft.steps.length > 1 ? undefined : { stepKey: only.key, stage: 'main' };
}
