import { useEffect, useRef } from 'react';
import type { Draft } from './draft';
import { removeDraft, writeDraft } from './draft-storage';

/** Stores a draft in the browser after its first change, until `discard` is called. */
export function useDraftStorage(key: string, draft: Draft, start: Draft) {
  const discarded = useRef(false);

  useEffect(() => {
    if (draft !== start && !discarded.current) {
      writeDraft(key, draft);
    }
  }, [key, draft, start]);

  return {
    discard() {
      discarded.current = true;
      removeDraft(key);
    },
  };
}
