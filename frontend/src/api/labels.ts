import { useMutation, useQueryClient } from '@tanstack/react-query';
import { datasetKeys } from './datasets';
import { client, dataOf } from './http/client';
import { pipelineKeys } from './pipelines';
import { runKeys } from './runs';
import type { LabelChanges } from './types';

/** What people add to a run, a dataset or a pipeline to find it again. */
export type Labelled = 'run' | 'dataset' | 'pipeline';

const keys = { run: runKeys.all, dataset: datasetKeys.all, pipeline: pipelineKeys.all };

function send(kind: Labelled, id: string, body: LabelChanges): Promise<unknown> {
  const options = { params: { path: { id } }, body };
  switch (kind) {
    case 'run':
      return dataOf(client.PATCH('/api/v1/runs/{id}', options));
    case 'dataset':
      return dataOf(client.PATCH('/api/v1/datasets/{id}', options));
    case 'pipeline':
      return dataOf(client.PATCH('/api/v1/pipelines/{id}', options));
  }
}

/** Changes the name, note, tags or star; what is not named stays as it is. */
export function useLabelChange(kind: Labelled, id: string, onChanged?: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (changes: LabelChanges) => send(kind, id, changes),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys[kind] });
      onChanged?.();
    },
  });
}
