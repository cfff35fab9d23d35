import { useSearchParams } from 'react-router';
import { paths } from '@/lib/paths';
import type { RecordFilter } from '../filter/record-filter';
import { columnChoiceOf, columnParams } from './column-choice';

/** The addresses of the records of a run; the chosen columns stay in them. */
export function useRecordPaths(run: string) {
  const [search] = useSearchParams();
  const columns = columnParams(columnChoiceOf(search));
  return {
    table: (filter: RecordFilter) => paths.runRecords(run, { ...filter, ...columns }),
    record: (index: number, filter: RecordFilter) => paths.runRecord(run, index, { ...filter, ...columns }),
  };
}
