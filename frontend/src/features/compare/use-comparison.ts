import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { recordsQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { type Comparison, emptyComparison, withWindow } from './comparison';

const millisecondsBetweenViews = 250;

/** Reads both runs window by window; the comparison grows while it does. Stops when the page is left. */
export function useComparison(first: Run, second: Run, windowSize: number) {
  const queryClient = useQueryClient();
  const [comparison, setComparison] = useState<Comparison>(emptyComparison);
  const [error, setError] = useState<Error | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs that are over do not change any more
  useEffect(() => {
    let left = false;
    function windowsAt(offset: number) {
      const window = { offset, limit: windowSize };
      const windows = Promise.all(
        [first, second].map((run) =>
          queryClient.fetchQuery({ ...recordsQuery(run.id, window, true), gcTime: 0 }),
        ),
      );
      // Nobody may be left to hear of it; who waits is told all the same.
      windows.catch(() => undefined);
      return windows;
    }

    async function read() {
      let sum = emptyComparison();
      let shownAt = 0;
      let coming = windowsAt(0);
      while (!left && sum.done < first.records.total) {
        const [ours, theirs] = await coming;
        if (ours === undefined || theirs === undefined || ours.items.length === 0) {
          return;
        }
        // The next ones are on their way while these are compared.
        coming = windowsAt(sum.done + ours.items.length);
        sum = withWindow(sum, ours.items, theirs.items);
        const now = performance.now();
        if (!left && (now - shownAt > millisecondsBetweenViews || sum.done >= first.records.total)) {
          shownAt = now;
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
