import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type JsonObject, nextTask, stringifyExact } from '@/lib/values/exact-json';
import { client, dataOf, exactDataOf, textOf } from './http/client';
import { pagedListOptions } from './paged-list';
import type { paths as ApiPaths } from './schema';
import type { ModelOptions, Pipeline, SavedPipeline, Trial } from './types';

export type PipelineFilter = NonNullable<ApiPaths['/api/v1/pipelines']['get']['parameters']['query']>;

export const pipelineKeys = {
  all: ['pipelines'] as const,
  list: () => [...pipelineKeys.all, 'list'] as const,
  pages: (filter: PipelineFilter) => [...pipelineKeys.list(), filter] as const,
  totals: (filter: PipelineFilter) => [...pipelineKeys.list(), 'totals', filter] as const,
  one: (id: string) => [...pipelineKeys.all, id] as const,
  versions: (id: string) => [...pipelineKeys.one(id), 'versions'] as const,
};

/** The saved pipelines that a filter finds, `limit` per request. */
export function pipelinesQuery({ limit = 100, ...filter }: PipelineFilter = {}) {
  return pagedListOptions(pipelineKeys.pages({ ...filter, limit }), (cursor, signal) =>
    dataOf(
      client.GET('/api/v1/pipelines', {
        params: { query: { ...filter, limit, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

export function pipelineTotalsQuery({ sort, limit, cursor, ...filter }: PipelineFilter) {
  return queryOptions({
    queryKey: pipelineKeys.totals(filter),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/pipelines/totals', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function pipelineQuery(id: string) {
  return queryOptions({
    queryKey: pipelineKeys.one(id),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/pipelines/{id}', { params: { path: { id } }, signal })),
  });
}

/** One version with its scripts. Versions never change. */
export function pipelineVersionQuery(id: string, version: number) {
  return queryOptions({
    queryKey: [...pipelineKeys.versions(id), version],
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/pipelines/{id}', { params: { path: { id }, query: { version } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The versions without their scripts. */
export function pipelineVersionsQuery(id: string) {
  return pagedListOptions(pipelineKeys.versions(id), (cursor, signal) =>
    dataOf(
      client.GET('/api/v1/pipelines/{id}/versions', {
        params: { path: { id }, query: cursor ? { cursor: Number(cursor) } : {} },
        signal,
      }),
    ),
  );
}

/** Saves a new pipeline, or the next version of `id`. */
export function useSavePipeline(id: string | undefined, onSaved: (saved: SavedPipeline) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Pipeline) =>
      dataOf(
        id === undefined
          ? client.POST('/api/v1/pipelines', { body })
          : client.PUT('/api/v1/pipelines/{id}', { params: { path: { id } }, body }),
      ),
    onSuccess: async (saved) => {
      onSaved(saved);
      await queryClient.invalidateQueries({ queryKey: pipelineKeys.all });
    },
  });
}

/** Saves the next version of a pipeline, with its packages resolved anew. */
export function useUpdatePackages(onSaved: (saved: SavedPipeline) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name, description, steps, environment, llm }: SavedPipeline) =>
      dataOf(
        client.PUT('/api/v1/pipelines/{id}', {
          params: { path: { id }, query: { updatePackages: true } },
          body: {
            name,
            steps,
            description: description ?? null,
            environment: environment ?? null,
            llm: llm ?? null,
          },
        }),
      ),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: pipelineKeys.all });
      onSaved(saved);
    },
  });
}

export function deletePipeline(id: string) {
  return textOf(client.DELETE('/api/v1/pipelines/{id}', { params: { path: { id } } }));
}

export function useDeletePipeline(id: string, onDeleted: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => deletePipeline(id),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: pipelineKeys.one(id) });
      queryClient.invalidateQueries({ queryKey: pipelineKeys.list() });
      onDeleted();
    },
  });
}

/** The problems of a script. The service parses it and does not run it. */
export function checkScript(source: string, signal: AbortSignal) {
  return dataOf(client.POST('/api/v1/scripts/check', { body: { source }, signal }));
}

/** Runs a pipeline on 1 to 100 records, through the same sandboxes as a run. */
export async function tryPipeline(
  { pipeline, llm }: { pipeline: Pipeline; llm?: ModelOptions },
  records: JsonObject[],
  signal: AbortSignal,
) {
  // Keeps the exact digits of the records, which the default serializer would lose. A Blob is used because the browser
  // copies a string each time it is passed on.
  const request = { pipeline, ...(llm === undefined ? {} : { llm }) } as unknown as JsonObject;
  const body = new Blob([stringifyExact({ ...request, records })]);
  await nextTask();
  return exactDataOf<Trial>(
    client.POST('/api/v1/try', {
      body: { pipeline, records: [] },
      bodySerializer: () => body,
      headers: { 'Content-Type': 'application/json' },
      parseAs: 'text',
      signal,
    }),
  );
}
