import { useEffect, useRef } from 'react';
import { removeStored, writeStored } from '@/lib/local-storage';
import type { Draft } from './draft';

/** Stores a draft in the browser after its first change, until `discard` is called. */
export function useDraftStorage(key: string, draft: Draft, start: Draft) {
  const discarded = useRef(false);

  useEffect(() => {
    if (draft !== start && !discarded.current) {
      writeStored(key, draft);
    }
  }, [key, draft, start]);

  return {
    discard() {
      discarded.current = true;
      removeStored(key);
    },
  };
}
