import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { pipelineQuery } from '@/api/pipelines';
import { recordsQuery, runQuery } from '@/api/runs';
import { requirementsText } from '../packages/requirement-lines';
import { type Sample, sampleOf } from '../trial/samples';
import { blankDraft, type Draft, draftOfRun, draftSteps, sandboxOf } from './draft';
import { readDraft } from './draft-storage';
import { exampleDraft } from './example-draft';
import { modelCallsDraft } from './model-calls';

/**
 * The storage key of the draft of an address. Every way to open the builder has its own draft, so none overwrites
 * another.
 */
export function draftKey(search: URLSearchParams): string {
  return `draft?${search}`;
}

export type InitialDraft = { draft: Draft; restored: boolean };

/** The draft to begin with: the one stored for this address, or the one that the address describes. */
export function initialDraftQuery(queryClient: QueryClient, search: URLSearchParams, attempt: number) {
  const key = draftKey(search);
  return queryOptions({
    queryKey: ['builder', 'start', key, attempt],
    queryFn: async ({ signal }): Promise<InitialDraft> => {
      const stored = readDraft(key);
      if (stored !== undefined) {
        // A draft that an older version of the page has stored lacks what is new.
        return { draft: { ...blankDraft(), ...stored }, restored: true };
      }
      return { draft: await draftOf(queryClient, search, signal), restored: false };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

async function draftOf(
  queryClient: QueryClient,
  search: URLSearchParams,
  signal: AbortSignal,
): Promise<Draft> {
  const from = search.get('from');
  const pipeline = search.get('pipeline');
  const example = search.get('example');
  const dataset = search.get('dataset');
  if (from !== null) {
    const draft = draftOfRun(await queryClient.fetchQuery(runQuery(from)));
    const samples = await sampleOfRun(queryClient, from, search.get('sample'));
    return { ...draft, samples };
  }
  if (example !== null) {
    return exampleDraft(queryClient, example, signal);
  }
  const draft = pipeline === null ? blankDraft() : await savedDraft(queryClient, pipeline);
  return dataset === null ? draft : { ...draft, datasetId: dataset };
}

/** The record of a run that the address names, as it came in. */
async function sampleOfRun(queryClient: QueryClient, run: string, index: string | null): Promise<Sample[]> {
  if (index === null || !/^\d+$/.test(index)) {
    return [];
  }
  const { items } = await queryClient.fetchQuery(
    recordsQuery(run, { offset: Number(index), limit: 1 }, true),
  );
  return items.map(({ raw }) => sampleOf(raw));
}

async function savedDraft(queryClient: QueryClient, id: string): Promise<Draft> {
  const pipeline = await queryClient.fetchQuery(pipelineQuery(id));
  return {
    ...blankDraft(),
    name: pipeline.name,
    savedAs: { id, version: pipeline.version },
    steps: draftSteps(pipeline.steps),
    packages: requirementsText(pipeline.environment?.packages),
    ...sandboxOf(pipeline.environment),
    modelCalls: modelCallsDraft(pipeline.llm),
  };
}
