import { QueryClient } from '@tanstack/react-query';
import { ProblemError, ServiceAwayError } from '@/lib/problems/problem';

const secondsUntilAskedAgain = 2;
const triesWhenServiceFails = 3;

/** A service that is away is asked until it is back; what it refused is not asked again. */
function askAgain(failures: number, error: Error): boolean {
  if (error instanceof ServiceAwayError) {
    return true;
  }
  return error instanceof ProblemError && error.problem.status >= 500 && failures < triesWhenServiceFails;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: askAgain,
        retryDelay: secondsUntilAskedAgain * 1000,
        staleTime: 2000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
