import { Checkbox, Group, Radio, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { isSearch, type RecordFilter } from '../records/filter/record-filter';
import { CsvOptions } from './csv-options';
import {
  type DownloadChoice,
  firstChoice,
  isDelimited,
  recordsChoices,
  type TableColumn,
  tableColumns,
} from './download-choice';
import classes from './download-form.module.css';
import { DownloadLink } from './download-link';
import { useFieldNames } from './use-field-names';

/** Which records, which columns, which format; and what that will be. */
export function DownloadForm({ run, filter }: { run: Run; filter: RecordFilter }) {
  const [choice, setChoice] = useState(() => firstChoice(filter.status === 'PENDING' ? {} : filter));
  const change = (changes: Partial<DownloadChoice>) => setChoice((chosen) => ({ ...chosen, ...changes }));
  return (
    <Stack gap="md">
      <RecordsGroup run={run} filter={filter} choice={choice} onChange={change} />
      <ContentGroup run={run} choice={choice} onChange={change} />
      <div className={classes.group}>
        <Text size="sm" fw={600} mb={4} id="download-format">
          Format
        </Text>
        <div className="sideways">
          <SegmentedControl
            aria-labelledby="download-format"
            value={choice.format}
            onChange={(format) => change({ format: format as DownloadChoice['format'] })}
            data={[
              { value: 'csv', label: 'CSV' },
              { value: 'tsv', label: 'TSV' },
              { value: 'xlsx', label: 'Excel' },
              { value: 'parquet', label: 'Parquet' },
              { value: 'json', label: 'JSON' },
              { value: 'ndjson', label: 'NDJSON' },
            ]}
          />
        </div>
        {isDelimited(choice.format) && <CsvOptions csv={choice.csv} onChange={(csv) => change({ csv })} />}
        {choice.format !== 'xlsx' && (
          <Checkbox
            mt={8}
            label="In a zip archive"
            checked={choice.isZip}
            onChange={(event) => change({ isZip: event.currentTarget.checked })}
          />
        )}
      </div>
      <DownloadLink run={run} choice={choice} />
    </Stack>
  );
}

type GroupProps = { run: Run; choice: DownloadChoice; onChange: (changes: Partial<DownloadChoice>) => void };

function RecordsGroup({ run, filter, choice, onChange }: GroupProps & { filter: RecordFilter }) {
  const choices = recordsChoices(run, filter);
  const value = isSearch(choice.filter) ? 'filtered' : (choice.filter.status ?? 'all');
  return (
    <Radio.Group
      label="Records"
      value={value}
      onChange={(chosen) => onChange({ filter: choices.find((one) => one.value === chosen)?.filter ?? {} })}
    >
      <Group gap="6px 16px" mt={4}>
        {choices.map((one) => (
          <Radio
            key={one.value}
            value={one.value}
            label={one.count === undefined ? one.label : `${one.label} ${formatNumber(one.count)}`}
          />
        ))}
      </Group>
    </Radio.Group>
  );
}

function ContentGroup({ run, choice, onChange }: GroupProps) {
  return (
    <div className={classes.group}>
      <Text size="sm" fw={600} mb={4} id="download-content">
        Columns
      </Text>
      <div className="sideways">
        <SegmentedControl
          aria-labelledby="download-content"
          value={choice.content}
          onChange={(content) => onChange({ content: content as DownloadChoice['content'] })}
          data={[
            { value: 'table', label: 'Chosen columns' },
            { value: 'final', label: 'Final values alone' },
            { value: 'states', label: 'All stages' },
          ]}
        />
      </div>
      {choice.content === 'table' && <TableColumns run={run} choice={choice} onChange={onChange} />}
      {choice.content !== 'table' && (
        <Text size="sm" className="quiet" mt={6}>
          {leftOut(run, choice)}
        </Text>
      )}
    </div>
  );
}

function TableColumns({ run, choice, onChange }: GroupProps) {
  const names = useFieldNames(run);
  return (
    <Stack gap={8} mt={8}>
      <Checkbox.Group
        aria-label="Columns of the table"
        value={choice.columns}
        onChange={(columns) => onChange({ columns: columns as TableColumn[] })}
      >
        <Group gap="6px 16px">
          {tableColumns.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
      <TagsInput
        label="Fields of input, stages and final value"
        placeholder={choice.fields.length === 0 ? 'All fields' : ''}
        data={names}
        value={choice.fields}
        onChange={(fields) => onChange({ fields })}
        maxTags={200}
        clearable
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={180}
      />
    </Stack>
  );
}

/** What a view does not have, so that nobody takes it for the whole. */
function leftOut(run: Run, { content, filter }: DownloadChoice): string {
  if (content === 'states') {
    return 'Input, the value after each stage, error and reason. Cancelled records are left out.';
  }
  const missing = run.records.total - run.records.succeeded;
  if (missing === 0 || filter.status === 'SUCCEEDED') {
    return 'The values as the last script returned them, without index.';
  }
  return `The values of succeeded records, without index. ${formatNumber(missing)} of ${formatNumber(run.records.total)} records did not succeed and are left out.`;
}
