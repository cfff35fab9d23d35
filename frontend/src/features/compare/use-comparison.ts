import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { recordsQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { type Comparison, emptyComparison, withWindow } from './comparison';

/** Reads both runs window by window; the comparison grows while it does. Stops when the page is left. */
export function useComparison(first: Run, second: Run, windowSize: number) {
  const queryClient = useQueryClient();
  const [comparison, setComparison] = useState<Comparison>(emptyComparison);
  const [error, setError] = useState<Error | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs that are over do not change any more
  useEffect(() => {
    let left = false;
    async function read() {
      let sum = emptyComparison();
      while (!left && sum.done < first.records.total) {
        const window = { offset: sum.done, limit: windowSize };
        const [ours, theirs] = await Promise.all(
          [first, second].map((run) =>
            queryClient.fetchQuery({ ...recordsQuery(run.id, window, true), gcTime: 0 }),
          ),
        );
        if (ours === undefined || theirs === undefined || ours.items.length === 0) {
          return;
        }
        sum = withWindow(sum, ours.items, theirs.items);
        if (!left) {
          setComparison(sum);
        }
      }
    }
    setError(null);
    read().catch((failure: Error) => !left && setError(failure));
    return () => {
      left = true;
    };
  }, [first.id, second.id, windowSize]);

  return { comparison, error };
}
