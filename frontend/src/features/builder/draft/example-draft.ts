import type { QueryClient } from '@tanstack/react-query';
import { datasetKeys, datasetsQuery } from '@/api/datasets';
import { uploadDataset } from '@/api/http/upload';
import type { DatasetSummary, Step } from '@/api/types';
import { datasetContentType } from '@/lib/dataset-format';
import { type Example, loadExample } from '@/lib/examples';
import { blankDraft, type Draft, draftSteps } from './draft';

type Definition = {
  name: string;
  steps: { name: string; main_script: string; pre_script?: string | null; post_script?: string | null }[];
};

/** A draft of an example, ready to run. Its dataset is uploaded unless it is among the newest datasets. */
export async function exampleDraft(
  queryClient: QueryClient,
  id: string,
  signal: AbortSignal,
): Promise<Draft> {
  const example = await loadExample(id);
  if (example === undefined) {
    return blankDraft();
  }
  const definition = JSON.parse(example.definition) as Definition;
  const dataset = await datasetOf(queryClient, example, signal);
  return {
    ...blankDraft(),
    name: definition.name,
    datasetId: dataset.id,
    steps: draftSteps(exampleSteps(definition, example)),
  };
}

/** Replaces the file names in the steps of a definition by the sources of the scripts. */
export function exampleSteps(definition: Definition, example: Pick<Example, 'scripts'>): Step[] {
  const script = (name: string) => ({ name, source: example.scripts[name] ?? '' });
  return definition.steps.map((step) => ({
    name: step.name,
    main: script(step.main_script),
    ...(step.pre_script ? { pre: script(step.pre_script) } : {}),
    ...(step.post_script ? { post: script(step.post_script) } : {}),
  }));
}

async function datasetOf(
  queryClient: QueryClient,
  example: Example,
  signal: AbortSignal,
): Promise<Pick<DatasetSummary, 'id'>> {
  const file = new File([example.datasetText], example.datasetName);
  const { pages } = await queryClient.fetchInfiniteQuery(datasetsQuery());
  const sum = await sha256(file);
  const there = pages[0]?.items.find((dataset) => dataset.name === file.name && dataset.sha256 === sum);
  if (there !== undefined) {
    return there;
  }
  const uploaded = await uploadDataset(file, {
    contentType: datasetContentType(file.name),
    signal,
    onProgress: () => undefined,
  });
  await queryClient.invalidateQueries({ queryKey: datasetKeys.list() });
  return uploaded;
}

/** Undefined when the browser offers no digest: the page was loaded neither over TLS nor from localhost. */
async function sha256(file: File): Promise<string | undefined> {
  if (globalThis.crypto.subtle === undefined) {
    return undefined;
  }
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
