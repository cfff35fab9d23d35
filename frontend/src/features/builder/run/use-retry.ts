import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useRetryRun } from '@/api/run-changes';
import { failuresQuery, runQuery } from '@/api/runs';
import type { ModelOptions } from '@/api/types';
import { paths } from '@/lib/paths';
import { recordsToRetry } from '@/lib/problems/retry';
import { isFinal } from '@/lib/states';
import { type Draft, pipelineOf } from '../draft/draft';

/** The run that a draft comes from, and the cause of failure that it corrects, if it is for one. */
export type Origin = { run: string; cause: string | undefined };

type RetryOptions = {
  draft: Draft;
  /** What the scripts may call; without it the run keeps what it has. */
  llm: ModelOptions | undefined;
  origin: Origin | undefined;
  onSubmitted: () => void;
  onRefused: (error: Error) => void;
};

/**
 * Retries the original run with the pipeline of the draft. `records` is how many records a retry would run, 0 when the
 * run cannot be retried.
 */
export function useRetry({ draft, llm, origin, onSubmitted, onRefused }: RetryOptions) {
  const navigate = useNavigate();
  const run = useQuery({ ...runQuery(origin?.run ?? ''), enabled: origin !== undefined });
  const final = run.data !== undefined && isFinal(run.data.status);
  const cause = origin?.cause;
  const failures = useQuery({
    ...failuresQuery(origin?.run ?? '', final),
    enabled: final && cause !== undefined,
  });
  const group = failures.data?.items.find((one) => one.id === cause);
  const retry = useRetryRun(origin?.run ?? '', (retried) => {
    onSubmitted();
    navigate(paths.run(retried.id));
  });
  const retryOf = (body: { cause?: string }) => ({
    isPending: retry.isPending && retry.variables?.cause === body.cause,
    mutate: () =>
      retry.mutate(
        { pipeline: pipelineOf(draft), ...(llm === undefined ? {} : { llm }), ...body },
        { onError: onRefused },
      ),
  });
  return {
    error: retry.error,
    /** Every record that did not succeed. */
    all: {
      records: run.data === undefined ? 0 : recordsToRetry(run.data),
      ...retryOf({}),
    },
    /** The records that failed for the cause of the origin. */
    sameCause: {
      records: final ? (group?.count ?? 0) : 0,
      ...retryOf(cause === undefined ? {} : { cause }),
    },
  };
}
