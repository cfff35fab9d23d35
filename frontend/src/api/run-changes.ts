import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/lib/problems/problem';
import { client, dataOf, textOf } from './http/client';
import { runKeys } from './runs';
import type { ModelOptions, Pipeline, Run, RunRequest } from './types';

/**
 * Mutations of runs. Each hook updates the query cache. The callbacks also run when the component has been unmounted.
 */

/**
 * Submits a run. A retried request has the same idempotency key, so a lost answer does not create two runs. After an
 * error response the next request is a different one and gets a new key.
 */
export function useSubmitRun(onSubmitted: (run: Run) => void) {
  const queryClient = useQueryClient();
  const [key, setKey] = useState(newIdempotencyKey);
  return useMutation({
    mutationFn: (body: RunRequest) =>
      dataOf(client.POST('/api/v1/runs', { body, headers: { 'Idempotency-Key': key } })),
    onSuccess: (run) => {
      queryClient.setQueryData(runKeys.one(run.id), run);
      onSubmitted(run);
    },
    onError: (error) => {
      if (error instanceof ProblemError) {
        setKey(newIdempotencyKey());
      }
    },
  });
}

function newIdempotencyKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

export function useCancelRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: runKeys.one(id) }),
  });
}

/**
 * What to retry: all records that did not succeed, or those of one cause; with a corrected pipeline where one is given.
 */
type Retry = { pipeline?: Pipeline; cause?: string; llm?: ModelOptions };

export function useRetryRun(id: string, onRetried?: (run: Run) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Retry) =>
      dataOf(client.POST('/api/v1/runs/{id}/retry', { params: { path: { id } }, body })),
    onSuccess: async (run) => {
      await showChanged(queryClient, run);
      onRetried?.(run);
    },
    onError: () => queryClient.invalidateQueries({ queryKey: runKeys.one(id) }),
  });
}

/** Resumes a paused run, with another budget where one is given, in dollars. */
export function useResumeRun(id: string, onResumed: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { budget?: string }) =>
      dataOf(client.POST('/api/v1/runs/{id}/resume', { params: { path: { id } }, body })),
    onSuccess: async (run) => {
      await showChanged(queryClient, run);
      onResumed();
    },
    onError: () => queryClient.invalidateQueries({ queryKey: runKeys.one(id) }),
  });
}

/** The changed run replaces the cached one, and everything else that is cached about it becomes stale. */
async function showChanged(queryClient: QueryClient, run: Run) {
  await queryClient.invalidateQueries({ queryKey: runKeys.one(run.id), refetchType: 'none' });
  queryClient.setQueryData(runKeys.one(run.id), run);
}

export function useDeleteRun(id: string, onDeleted: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => textOf(client.DELETE('/api/v1/runs/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: runKeys.one(id) });
      queryClient.invalidateQueries({ queryKey: runKeys.lists() });
      onDeleted();
    },
  });
}
