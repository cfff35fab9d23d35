import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { type RecordsWhere, recordsQuery } from '@/api/runs';
import type { RunRecord } from '@/api/types';

export type RecordSelection = {
  runId: string;
  final: boolean;
  /** Records per request. */
  windowSize: number;
  where: RecordsWhere;
};

/** The records in the rows `first` to `last`, fetched in windows; undefined for rows that are loading. */
export function useRecordWindows(selection: RecordSelection, first: number, last: number) {
  const firstWindow = Math.floor(Math.max(0, first) / selection.windowSize);
  const lastWindow = Math.floor(Math.max(0, last) / selection.windowSize);
  const [known, setKnown] = useState<number>();
  const windows = useQueries({
    queries: Array.from({ length: lastWindow - firstWindow + 1 }, (_, at) =>
      recordsQuery(
        selection.runId,
        {
          offset: (firstWindow + at) * selection.windowSize,
          limit: selection.windowSize,
          ...selection.where,
        },
        selection.final,
      ),
    ),
    combine: (results) => {
      const byRow = new Map<number, RunRecord>();
      for (const { data, isPlaceholderData } of results) {
        if (data !== undefined && !isPlaceholderData) {
          data.items.forEach((record, at) => {
            byRow.set(data.offset + at, record);
          });
        }
      }
      return {
        recordAt: (row: number) => byRow.get(row),
        /** The row of a record, if it is loaded. */
        rowOf: (index: number | undefined) => [...byRow].find(([, record]) => record.index === index)?.[0],
        count: results.find((result) => result.data !== undefined)?.data?.total,
        error: results.find((result) => result.error !== null)?.error ?? null,
      };
    },
  });
  if (windows.count !== undefined && windows.count !== known) {
    setKnown(windows.count);
  }
  // A window that is loading has no total; the last known one is used, so that the table stays.
  return { ...windows, total: windows.count ?? known };
}
