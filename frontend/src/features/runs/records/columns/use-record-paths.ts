import { useSearchParams } from 'react-router';
import { paths } from '@/lib/paths';
import type { RecordFilter } from '../filter/record-filter';
import { columnChoiceOf, columnParams } from './column-choice';
import { type RecordSort, recordSortOf, sortParams } from './record-sort';

/** The addresses of the records of a run; the chosen columns and their order stay in them. */
export function useRecordPaths(run: string) {
  const [search] = useSearchParams();
  const columns = columnParams(columnChoiceOf(search));
  const kept = { ...columns, ...sortParams(recordSortOf(search)) };
  return {
    table: (filter: RecordFilter) => paths.runRecords(run, { ...filter, ...kept }),
    sorted: (filter: RecordFilter, sort: RecordSort | undefined) =>
      paths.runRecords(run, { ...filter, ...columns, ...sortParams(sort) }),
    record: (index: number, filter: RecordFilter) => paths.runRecord(run, index, { ...filter, ...kept }),
  };
}
