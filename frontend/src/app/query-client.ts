import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isNotSignedIn, userKeys } from '@/api/users';
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
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        // The session has ended: SignInGate asks for a new one.
        if (isNotSignedIn(error) && queryKey[0] !== userKeys.me[0]) {
          queryClient.invalidateQueries({ queryKey: userKeys.me, exact: true });
        }
      },
    }),
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
  return queryClient;
}
