import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { recordsQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { formatCount, formatNumber } from '@/lib/format';
import { isFinal } from '@/lib/states';
import type { RecordSort } from '../columns/record-sort';
import type { ColumnSettings } from '../columns/use-column-choice';
import { useRecordPaths } from '../columns/use-record-paths';
import { RecordNavigation } from '../drawer/record-navigation';
import type { RecordFilter } from '../filter/record-filter';
import { NoRecords } from '../no-records';
import { firstRows, maxRows, RecordTable } from './record-table';
import { useRecordWindows } from './use-record-windows';

type SortedRecordsProps = {
  run: Run;
  filter: RecordFilter;
  sort: RecordSort;
  onSort: (by: string) => void;
  windowSize: number;
  /** The record that is open. */
  index: number | undefined;
  settings: ColumnSettings;
};

/** The records of a run, or those of a filter, in the order of a column. The service sorts them. */
export function SortedRecords({
  run,
  filter,
  sort,
  onSort,
  windowSize,
  index,
  settings,
}: SortedRecordsProps) {
  const queryClient = useQueryClient();
  const final = isFinal(run.status);
  const [rows, setRows] = useState(firstRows);
  const addresses = useRecordPaths(run.id);
  const where = { ...filter, sortBy: sort.by, order: sort.isDescending ? 'desc' : 'asc' } as const;
  const selection = { runId: run.id, final, windowSize, where };
  const { recordAt, rowOf, total, error } = useRecordWindows(selection, rows.first, rows.last);
  const openRow = rowOf(index);
  const lastOpen = useRef<{ index: number; row: number }>(undefined);
  if (index !== undefined && openRow !== undefined) {
    lastOpen.current = { index, row: openRow };
  }

  async function neighbour(from: number, direction: 1 | -1) {
    const row = lastOpen.current?.index === from ? lastOpen.current.row : -1;
    const wanted = row + direction;
    if (wanted < 0 || (row === -1 && from !== -1)) {
      return undefined;
    }
    const page = await queryClient.fetchQuery(
      recordsQuery(run.id, { offset: wanted, limit: 1, ...where }, final),
    );
    const found = page.items[0]?.index;
    if (found !== undefined) {
      lastOpen.current = { index: found, row: wanted };
    }
    return found;
  }

  if (error !== null && total === undefined) {
    return <ProblemAlert error={error} />;
  }
  if (total === undefined) {
    return <RowSkeleton rows={12} />;
  }
  return (
    <>
      <Text size="sm" className="quiet figures" role="status">
        {formatCount(total, 'record')} sorted by {columnName(sort.by)}
        {sort.isDescending ? ', highest first' : ''}
        {total > maxRows && `; the table shows the first ${formatNumber(maxRows)}`}
      </Text>
      {total === 0 ? (
        <NoRecords run={run} filter={filter} />
      ) : (
        <RecordTable
          count={total}
          recordAt={recordAt}
          rows={rows}
          onRows={setRows}
          openIndex={index}
          openRow={openRow}
          settings={settings}
          addressOf={(one) => addresses.record(one, filter)}
          sort={sort}
          onSort={onSort}
        />
      )}
      <RecordNavigation run={run} filter={filter} index={index} neighbour={neighbour} />
    </>
  );
}

const columnNames: Record<string, string> = { _index: 'index', _status: 'state', _error: 'reason' };

function columnName(by: string): string {
  return columnNames[by] ?? by.replace(/^_(_+(?:index|status|error))$/, '$1');
}
