import { useState } from 'react';

export type Selection = ReturnType<typeof useSelection>;

/** The items of a list that are ticked. */
export function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    ids,
    /** Ticks or unticks items. */
    set(changed: string[], selected: boolean) {
      setIds((before) => {
        const after = new Set(before);
        for (const id of changed) {
          if (selected) {
            after.add(id);
          } else {
            after.delete(id);
          }
        }
        return after;
      });
    },
    clear: () => setIds(new Set()),
  };
}
