import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { retryRun, runQuery, showRetried } from '@/api/runs';
import { paths } from '@/lib/paths';
import { recordsToRetry } from '@/lib/retry';
import { type Draft, pipelineOf } from './draft';

/** Retries the run that the draft comes from with the pipeline of the draft; `records` is 0 when that cannot be. */
export function useRetry(draft: Draft, origin: string | undefined, onSubmitted: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const run = useQuery({ ...runQuery(origin ?? ''), enabled: origin !== undefined });
  const retry = useMutation({
    mutationFn: () => retryRun(origin ?? '', pipelineOf(draft)),
    onSuccess: async (retried) => {
      onSubmitted();
      await showRetried(queryClient, retried);
      navigate(paths.run(retried.id));
    },
  });
  return { ...retry, records: run.data === undefined ? 0 : recordsToRetry(run.data) };
}
