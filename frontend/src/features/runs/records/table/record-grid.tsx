import type { RunRecord } from '@/api/types';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { nothingSeen, withRecords } from '../columns/seen-fields';
import { columnLayout } from './column-layout';
import { recordColumns } from './record-columns';
import { RecordHead } from './record-head';
import { RecordRow } from './record-row';
import classes from './record-table.module.css';

/** A table of a few records, without virtual scrolling. */
export function RecordGrid({ runId, rows }: { runId: string; rows: RunRecord[] }) {
  const columns = recordColumns(withRecords(nothingSeen, rows));
  const layout = columnLayout(columns, {});
  return (
    <div className="panel">
      <section className={classes.scroll} aria-label="Table of the first records" tabIndex={0}>
        <div role="table" aria-label="Records" style={layout.table}>
          <RecordHead columns={columns} layout={layout} />
          {rows.map((record) => (
            <RecordRow
              key={record.index}
              record={record}
              columns={columns}
              layout={layout}
              address={paths.runRecord(runId, record.index)}
            />
          ))}
        </div>
      </section>
      {columns.hidden > 0 && (
        <p className={classes.hidden}>
          {formatCount(columns.hidden, 'more field')}. All records have a list of columns to choose from.
        </p>
      )}
    </div>
  );
}
