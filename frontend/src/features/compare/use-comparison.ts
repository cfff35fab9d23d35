import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useMorePages } from '@/api/paged-list';
import { comparisonQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { sumOf } from './comparison';

/** Compares two runs part by part until all records are compared or the page is left. */
export function useComparison(first: Run, second: Run) {
  const query = useInfiniteQuery(comparisonQuery(first.id, second.id));
  const { data, hasNextPage, isError } = query;
  useMorePages(query, true);

  return {
    comparison: useMemo(() => sumOf(data?.pages ?? []), [data]),
    reading: !isError && (hasNextPage || data === undefined),
    error: query.error,
    refetch: query.refetch,
  };
}
