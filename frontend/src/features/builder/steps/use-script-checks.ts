import { useDebouncedValue } from '@mantine/hooks';
import { queryOptions, useQueries } from '@tanstack/react-query';
import { checkScript } from '@/api/pipelines';
import type { ScriptProblem } from '@/api/types';
import type { StepDraft } from '../draft/draft';

const pauseInTyping = 350;

/** Returns the problems of a source that has been checked. */
export type ScriptChecks = (source: string) => ScriptProblem[];

function checkQuery(source: string) {
  return queryOptions({
    queryKey: ['scripts', 'check', source],
    queryFn: ({ signal }) => checkScript(source, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: source.trim() !== '',
  });
}

/** Checks every script of the steps when typing pauses. */
export function useScriptChecks(steps: StepDraft[]): ScriptChecks {
  const [settled] = useDebouncedValue(steps, pauseInTyping);
  const sources = [
    ...new Set(settled.flatMap((step) => Object.values(step.scripts).map((script) => script.source))),
  ];
  return useQueries({
    queries: sources.map(checkQuery),
    combine: (results) => {
      const bySource = new Map(sources.map((source, at) => [source, results[at]?.data?.problems ?? []]));
      return (source: string) => bySource.get(source) ?? [];
    },
  });
}
