import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useMorePages } from '@/api/paged-list';
import { comparisonQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { sumOf } from './comparison';

/**
 * Compares two runs part by part until all records are compared or the page is left. With a field, the changed records
 * are those that differ in it.
 */
export function useComparison(first: Run, second: Run, field?: string) {
  const query = useInfiniteQuery(comparisonQuery(first.id, second.id, field));
  const { data, hasNextPage, isError } = query;
  useMorePages(query, true);

  return {
    comparison: useMemo(() => sumOf(data?.pages ?? []), [data]),
    reading: !isError && (hasNextPage || data === undefined),
    error: query.error,
    refetch: query.refetch,
  };
}
