import { QueryClient } from '@tanstack/react-query';
import { ProblemError, ServiceUnreachableError } from '@/lib/problems/problem';

const retryDelaySeconds = 2;
const maxRetries = 3;

/** Retries until an unreachable service is back, but never a request that the service rejected. */
function shouldRetry(failures: number, error: Error): boolean {
  if (error instanceof ServiceUnreachableError) {
    return true;
  }
  return error instanceof ProblemError && error.problem.status >= 500 && failures < maxRetries;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        retryDelay: retryDelaySeconds * 1000,
        staleTime: 2000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
