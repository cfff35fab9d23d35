import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { failuresQuery, retryRun, runQuery, showRetried } from '@/api/runs';
import { paths } from '@/lib/paths';
import { recordsToRetry } from '@/lib/retry';
import { isFinal } from '@/lib/states';
import { type Draft, pipelineOf } from '../draft/draft';

/** The run that a draft comes from, and the cause of failure that it corrects; all that did not succeed without one. */
export type Origin = { run: string; cause: string | undefined };

/**
 * Retries the run that the draft comes from with the pipeline of the draft. `records` is how many that would run, 0 when
 * it cannot be.
 */
export function useRetry(draft: Draft, origin: Origin | undefined, onSubmitted: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const run = useQuery({ ...runQuery(origin?.run ?? ''), enabled: origin !== undefined });
  const final = run.data !== undefined && isFinal(run.data.status);
  const cause = origin?.cause;
  const failures = useQuery({
    ...failuresQuery(origin?.run ?? '', final),
    enabled: final && cause !== undefined,
  });
  const group = failures.data?.items.find((one) => one.id === cause);
  const retry = useMutation({
    mutationFn: (only: string | undefined) =>
      retryRun(origin?.run ?? '', { pipeline: pipelineOf(draft), ...(only ? { cause: only } : {}) }),
    onSuccess: async (retried) => {
      onSubmitted();
      await showRetried(queryClient, retried);
      navigate(paths.run(retried.id));
    },
  });
  return {
    error: retry.error,
    /** All that did not succeed. */
    all: {
      records: run.data === undefined ? 0 : recordsToRetry(run.data),
      isPending: retry.isPending && retry.variables === undefined,
      mutate: () => retry.mutate(undefined),
    },
    /** Those that failed for the cause the person came for. */
    these: {
      records: final ? (group?.count ?? 0) : 0,
      isPending: retry.isPending && retry.variables !== undefined,
      mutate: () => retry.mutate(cause),
    },
  };
}
