import { Text } from '@mantine/core';
import type { RunRecord } from '@/api/types';
import { paths } from '@/lib/paths';
import { recordColumns } from './record-columns';
import { gridTemplate, RecordHead, RecordRow } from './record-row';
import classes from './record-table.module.css';

/** A table of a few records, without virtual scrolling. */
export function RecordGrid({ runId, rows }: { runId: string; rows: RunRecord[] }) {
  const columns = recordColumns(rows);
  return (
    <div className={`panel ${classes.scroll}`}>
      <div role="table" aria-label="Records" style={gridTemplate(columns)}>
        <RecordHead columns={columns} />
        {rows.map((record) => (
          <RecordRow
            key={record.index}
            record={record}
            columns={columns}
            address={paths.runRecord(runId, record.index)}
          />
        ))}
      </div>
      <HiddenFields count={columns.hidden} />
    </div>
  );
}

export function HiddenFields({ count }: { count: number }) {
  if (count === 0) {
    return null;
  }
  return (
    <Text size="xs" className="quiet" p={8}>
      {count} more fields. Open a record to see all of them.
    </Text>
  );
}
