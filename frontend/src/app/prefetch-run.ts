import type { QueryClient } from '@tanstack/react-query';
import { runQuery } from '@/api/runs';

/** Fetches the run in the address while the code of its page is loading. */
export function prefetchRun(queryClient: QueryClient, pathname: string) {
  const run = /^\/runs\/([\w-]+)/.exec(pathname)?.[1];
  if (run !== undefined) {
    queryClient.prefetchQuery(runQuery(run));
  }
}
