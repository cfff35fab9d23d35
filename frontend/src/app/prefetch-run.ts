import type { QueryClient } from '@tanstack/react-query';
import { runQuery } from '@/api/runs';

/** Asks for the run that an address names while the code of its page is still on its way. */
export function prefetchRun(queryClient: QueryClient, pathname: string) {
  const run = /^\/runs\/([\w-]+)/.exec(pathname)?.[1];
  if (run !== undefined) {
    queryClient.prefetchQuery(runQuery(run));
  }
}
