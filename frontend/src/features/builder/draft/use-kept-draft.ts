import { useEffect, useRef } from 'react';
import { removeStored, writeStored } from '@/lib/stored';
import type { Draft } from './draft';

/** Keeps a draft in the browser from the first change on, until `forget` is called. */
export function useKeptDraft(key: string, draft: Draft, start: Draft) {
  const forgotten = useRef(false);

  useEffect(() => {
    if (draft !== start && !forgotten.current) {
      writeStored(key, draft);
    }
  }, [key, draft, start]);

  return {
    forget() {
      forgotten.current = true;
      removeStored(key);
    },
  };
}
