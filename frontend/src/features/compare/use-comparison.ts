import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { comparisonQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { sumOf } from './comparison';

/** The comparison of two runs, which grows until all records are compared; nothing is asked for once the page is left. */
export function useComparison(first: Run, second: Run) {
  const query = useInfiniteQuery(comparisonQuery(first.id, second.id));
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;

  const answers = data?.pages.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer may be there before it was seen to be asked for
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) {
      fetchNextPage();
    }
  }, [hasNextPage, isFetching, isError, answers, fetchNextPage]);

  return {
    comparison: useMemo(() => sumOf(data?.pages ?? []), [data]),
    reading: !isError && (hasNextPage || data === undefined),
    error: query.error,
    refetch: query.refetch,
  };
}
