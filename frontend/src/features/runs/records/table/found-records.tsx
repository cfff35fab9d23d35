import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { formatCount, formatNumber } from '@/lib/format';
import { isFinal } from '@/lib/states';
import type { ColumnSettings } from '../columns/use-column-choice';
import { useRecordPaths } from '../columns/use-record-paths';
import { RecordNavigation } from '../drawer/record-navigation';
import type { RecordFilter } from '../filter/record-filter';
import { NoRecords } from '../no-records';
import { firstRows, RecordTable } from './record-table';
import { useFoundRecords } from './use-found-records';

/** Rows that are fetched before the user scrolls to them. */
const rowsAhead = 100;

type FoundRecordsProps = {
  run: Run;
  filter: RecordFilter;
  windowSize: number;
  /** The record that is open. */
  index: number | undefined;
  settings: ColumnSettings;
  onSort: (by: string) => void;
};

/** The results of a search, in order; more are fetched while the user scrolls. */
export function FoundRecords({ run, filter, windowSize, index, settings, onSort }: FoundRecordsProps) {
  const [rows, setRows] = useState(firstRows);
  const addresses = useRecordPaths(run.id);
  const found = useFoundRecords(
    { runId: run.id, final: isFinal(run.status), windowSize, filter },
    rows.last + rowsAhead,
  );
  const searching = found.searchedTo !== undefined;

  if (found.error !== null && !found.loaded) {
    return <ProblemAlert error={found.error} onRetry={() => found.refetch()} />;
  }
  if (!found.loaded) {
    return <RowSkeleton rows={12} />;
  }
  return (
    <>
      <Text size="sm" className="quiet figures" role="status">
        {outcome(found, run.records.total)}
      </Text>
      {found.error !== null && <ProblemAlert error={found.error} onRetry={() => found.refetch()} />}
      {found.records.length === 0 && !searching && <NoRecords run={run} filter={filter} />}
      {found.records.length === 0 && searching && <RowSkeleton rows={12} />}
      {found.records.length > 0 && (
        <RecordTable
          count={found.records.length + (searching ? 1 : 0)}
          recordAt={(row) => found.records[row]}
          rows={rows}
          onRows={setRows}
          openIndex={index}
          openRow={rowOf(found.records, index)}
          settings={settings}
          onSort={onSort}
          addressOf={(one) => addresses.record(one, filter)}
        />
      )}
      <RecordNavigation run={run} filter={filter} index={index} neighbour={found.neighbour} />
    </>
  );
}

function rowOf(records: { index: number }[], index: number | undefined): number | undefined {
  const row = records.findIndex((record) => record.index === index);
  return row === -1 ? undefined : row;
}

/** `12 records`, or the progress of the search. */
function outcome(
  found: { records: unknown[]; total: number | undefined; searchedTo: number | undefined },
  all: number,
): string {
  if (found.searchedTo === undefined) {
    return formatCount(found.records.length, 'record');
  }
  return found.total === undefined
    ? `${formatCount(found.records.length, 'record')} found, ${formatNumber(found.searchedTo)} of ${formatNumber(all)} searched`
    : formatCount(found.total, 'record');
}
