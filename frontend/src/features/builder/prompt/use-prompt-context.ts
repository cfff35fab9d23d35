import { useQuery } from '@tanstack/react-query';
import { datasetQuery, datasetRecordsQuery } from '@/api/datasets';
import type { Upstream } from '@/api/types';
import { windowSize } from '@/lib/window-size';
import type { Draft } from '../draft/draft';
import { chosenUpstream, defaultModel } from '../draft/model-calls';
import type { FinishedTrial } from '../trial/use-trial';
import type { PromptContext } from './prompt-editor';
import { knownFields, stepInputs } from './step-inputs';

/** As many as the preview of the dataset shows, so that they are fetched once. */
const previewedRecords = 20;

/** Returns what the prompt of a step can refer to, by the position of the step. */
export function usePromptContext(draft: Draft, upstreams: Upstream[], trial: FinishedTrial | undefined) {
  const { data: dataset } = useQuery({
    ...datasetQuery(draft.datasetId ?? ''),
    enabled: draft.datasetId !== undefined,
  });
  const { data: preview } = useQuery({
    ...datasetRecordsQuery(dataset?.id ?? '', 0, dataset ? windowSize(previewedRecords, dataset) : 1),
    enabled: dataset !== undefined,
  });
  return (position: number): PromptContext => {
    const place = { steps: draft.steps, position };
    const inputs = stepInputs(place, preview?.items ?? [], trial);
    const { models } = draft.modelCalls;
    return {
      inputs,
      fields: knownFields(place, dataset, inputs),
      models: models.length > 0 ? models : (chosenUpstream(draft.modelCalls, upstreams)?.models ?? []),
      defaultModel: defaultModel(draft.modelCalls, upstreams),
    };
  };
}
