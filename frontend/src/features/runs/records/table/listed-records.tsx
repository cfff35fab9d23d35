import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordStatus, Run } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { isFinal } from '@/lib/states';
import type { ColumnSettings } from '../columns/use-column-choice';
import { useRecordPaths } from '../columns/use-record-paths';
import { neighbourInState } from '../drawer/neighbour-in-state';
import { RecordNavigation } from '../drawer/record-navigation';
import { NoRecords } from '../no-records';
import { firstRows, maxRows, RecordTable } from './record-table';
import { useRecordWindows } from './use-record-windows';

type ListedRecordsProps = {
  run: Run;
  status: RecordStatus | undefined;
  windowSize: number;
  /** The record that is open. */
  index: number | undefined;
  settings: ColumnSettings;
  onSort: (by: string) => void;
};

/**
 * All records of a run, or those in one state. The service knows the position of each, so the user can scroll anywhere.
 */
export function ListedRecords({ run, status, windowSize, index, settings, onSort }: ListedRecordsProps) {
  const filter = status === undefined ? {} : { status };
  const queryClient = useQueryClient();
  const final = isFinal(run.status);
  const [rows, setRows] = useState(firstRows);
  const addresses = useRecordPaths(run.id);
  const firstRow =
    status === undefined && index !== undefined && run.records.total > maxRows
      ? Math.floor(index / maxRows) * maxRows
      : 0;
  const { recordAt, total, error } = useRecordWindows(
    { runId: run.id, final, windowSize, where: filter },
    firstRow + rows.first,
    firstRow + rows.last,
  );

  async function neighbour(from: number, direction: 1 | -1) {
    if (status !== undefined) {
      return neighbourInState(queryClient, { runId: run.id, status, final }, from, direction);
    }
    const next = from + direction;
    return next >= 0 && next < run.records.total ? next : undefined;
  }

  if (error !== null && total === undefined) {
    return <ProblemAlert error={error} />;
  }
  if (total === undefined) {
    return <RowSkeleton rows={12} />;
  }
  return (
    <>
      {total === 0 ? (
        <NoRecords run={run} filter={filter} />
      ) : (
        <RecordTable
          key={firstRow}
          count={Math.max(0, total - firstRow)}
          recordAt={(row) => recordAt(firstRow + row)}
          rows={rows}
          onRows={setRows}
          openIndex={index}
          openRow={status === undefined && index !== undefined ? index - firstRow : undefined}
          settings={settings}
          onSort={onSort}
          addressOf={(one) => addresses.record(one, filter)}
        />
      )}
      <RecordNavigation run={run} filter={filter} index={index} neighbour={neighbour} />
    </>
  );
}
