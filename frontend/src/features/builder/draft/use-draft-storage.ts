import { useEffect, useRef } from 'react';
import { removeStored, writeStored } from '@/lib/local-storage';
import type { Draft } from './draft';

/** Keeps a draft in the browser from the first change on, until `forget` is called. */
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
