import { useState } from 'react';
import type { RunRecord } from '@/api/types';
import { nothingSeen, type SeenFields, withRecords } from './seen-fields';

/**
 * The fields of the records that were shown so far. Fields that a run adds later join in, and none is ever taken away,
 * so that the columns follow a run and stay while the user scrolls.
 */
export function useSeenFields(records: readonly RunRecord[]): SeenFields {
  const [seen, setSeen] = useState(nothingSeen);
  const [lookedAt] = useState(() => new WeakSet<RunRecord>());
  const fresh = records.filter((record) => !lookedAt.has(record));
  const next = fresh.length === 0 ? seen : withRecords(seen, fresh);
  for (const record of fresh) {
    lookedAt.add(record);
  }
  if (next !== seen) {
    setSeen(next);
  }
  return next;
}
