import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { datasetQuery } from '@/api/datasets';
import { whenBuilt } from '@/api/environments';
import { tryPipeline } from '@/api/pipelines';
import type { ModelOptions, Trial } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { ProblemError } from '@/lib/problems/problem';
import { type Draft, pipelineOf } from '../draft/draft';
import { recordsOf, type Sample } from './samples';
import { chosenIndexes, recordsAt, type TrialChoice } from './trial';

/** The result of a trial, the indexes of its records in the dataset, the number of records there, and what was tried. */
export type FinishedTrial = {
  indexes: number[];
  total: number;
  result: Trial;
  tried: string;
  /** The samples that were tried in place of records of the dataset. */
  samples?: Sample[];
};

export type TrialState = ReturnType<typeof useTrial>;

/** Runs one trial at a time; a new one cancels the one before. It waits until its environment is built. */
export function useTrial(draft: Draft, llm: ModelOptions | undefined) {
  const control = useRef<AbortController | undefined>(undefined);
  const queryClient = useQueryClient();
  const datasetId = draft.datasetId ?? '';
  const { steps, environment } = pipelineOf(draft);
  const tried = JSON.stringify({ datasetId, steps, environment, llm });
  useEffect(() => () => control.current?.abort(), []);

  const trial = useMutation({
    mutationFn: async (choice: TrialChoice): Promise<FinishedTrial> => {
      control.current?.abort();
      control.current = new AbortController();
      const { signal } = control.current;
      const total = datasetId === '' ? 0 : (await queryClient.fetchQuery(datasetQuery(datasetId))).records;
      const samples = choice.kind === 'samples' ? draft.samples : undefined;
      const indexes =
        choice.kind === 'samples' ? draft.samples.map((_, at) => at) : chosenIndexes(choice, total);
      if (indexes.length === 0) {
        throw noSuchRecords(total);
      }
      const records =
        samples === undefined ? await recordsAt(datasetId, indexes, signal) : recordsOf(samples);
      const request = { pipeline: pipelineOf(draft), ...(llm === undefined ? {} : { llm }) };
      const result = await whenBuilt(queryClient, signal, () => tryPipeline(request, records, signal));
      return { indexes, total, result, tried, ...(samples === undefined ? {} : { samples }) };
    },
  });
  return {
    ...trial,
    /** Whether the results belong to something else than what stands in the draft now. */
    isStale: trial.data !== undefined && trial.data.tried !== tried,
    stop() {
      control.current?.abort();
      trial.reset();
    },
  };
}

function noSuchRecords(total: number) {
  return new ProblemError({
    type: 'about:blank',
    status: 404,
    title: 'The dataset has no such records',
    detail: `Its records are numbered 0 to ${formatNumber(total - 1)}. Choose records in this range.`,
  });
}
