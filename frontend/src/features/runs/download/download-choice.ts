import type { RecordStatus, Run } from '@/api/types';
import { stateLabel } from '@/lib/states';
import { isSearch, type RecordFilter } from '../records/filter/record-filter';
import { recordParts } from '../run-progress';

/** What a user wants to download. */
export type DownloadChoice = {
  filter: RecordFilter;
  content: 'table' | 'final' | 'states';
  columns: TableColumn[];
  /** The fields of records to take; all when there are none. */
  fields: string[];
  format: 'json' | 'ndjson' | 'csv' | 'tsv' | 'xlsx' | 'parquet';
  isZip: boolean;
  csv: CsvChoices;
};

export type TableColumn = 'index' | 'status' | 'attempt' | 'error' | 'raw' | 'stages' | 'value';

/** The options for CSV. */
export type CsvChoices = { isForExcel: boolean; namesNull: boolean; keepsFormulas: boolean };

export const tableColumns: { value: TableColumn; label: string }[] = [
  { value: 'index', label: 'Index' },
  { value: 'status', label: 'State' },
  { value: 'attempt', label: 'Attempt' },
  { value: 'error', label: 'Error or reason' },
  { value: 'raw', label: 'Input' },
  { value: 'stages', label: 'Every stage' },
  { value: 'value', label: 'Final value' },
];

export function firstChoice(filter: RecordFilter): DownloadChoice {
  return {
    filter,
    content: 'table',
    columns: filter.status === 'FAILED' ? ['index', 'error', 'raw'] : ['index', 'status', 'error', 'value'],
    fields: [],
    format: 'csv',
    isZip: false,
    csv: { isForExcel: false, namesNull: false, keepsFormulas: false },
  };
}

/** Whether the format is text whose columns a character separates. */
export function isDelimited(format: DownloadChoice['format']): boolean {
  return format === 'csv' || format === 'tsv';
}

/** The query of the download, which is also that of its estimate. */
export function downloadQuery(choice: DownloadChoice): string {
  const { filter, content, columns, fields, format, csv } = choice;
  const query = new URLSearchParams({ format });
  if (choice.isZip && format !== 'xlsx') {
    query.set('packing', 'zip');
  }
  if (content === 'table') {
    query.set(
      'columns',
      tableColumns
        .map(({ value }) => value)
        .filter((one) => columns.includes(one))
        .join(),
    );
    for (const field of fields) {
      query.append('field', field);
    }
  } else {
    query.set('view', content);
  }
  for (const [name, value] of Object.entries(filter)) {
    query.set(name, value);
  }
  if (isDelimited(format)) {
    const options = {
      bom: csv.isForExcel && 'true',
      null: csv.namesNull && 'NULL',
      formulas: csv.keepsFormulas && 'raw',
    };
    for (const [name, value] of Object.entries(options)) {
      if (value) {
        query.set(name, value);
      }
    }
  }
  return query.toString();
}

export function downloadAddress(runId: string, query: string): string {
  return `/api/v1/runs/${runId}/results?${query}`;
}

export type RecordsChoice = { value: string; filter: RecordFilter; label: string; count: number | undefined };

/** The records to choose from: all, those in each state, those of the filter of the page. */
export function recordsChoices(run: Run, filter: RecordFilter): RecordsChoice[] {
  const done = run.records.total - run.records.pending;
  const choices: RecordsChoice[] = [
    { value: 'all', filter: {}, label: run.records.pending === 0 ? 'All' : 'All that are done', count: done },
    ...recordParts(run.records)
      .filter(({ state, count }) => count > 0 && state !== 'PENDING')
      .map(({ state, count }) => ({
        value: state,
        filter: { status: state as RecordStatus },
        label: stateLabel(state),
        count,
      })),
  ];
  return isSearch(filter)
    ? [...choices, { value: 'filtered', filter, label: 'As filtered on the page', count: undefined }]
    : choices;
}
