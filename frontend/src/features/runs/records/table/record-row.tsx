import { Link } from 'react-router';
import type { RunRecord } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { cellText } from '@/lib/values/cell-text';
import { lastValue } from '@/lib/values/record';
import { isChanged, type RecordColumns } from './record-columns';
import classes from './record-table.module.css';

type RecordRowProps = {
  record: RunRecord;
  columns: RecordColumns;
  address: string;
  open?: boolean;
};

export function RecordRow({ record, columns, address, open = false }: RecordRowProps) {
  return (
    <div role="row" className={classes.row} data-open={open || undefined}>
      <span role="cell" className={classes.index}>
        <Link to={address} className={classes.link} preventScrollReset aria-label={`Record ${record.index}`}>
          {formatNumber(record.index)}
        </Link>
      </span>
      <span role="cell">
        <StateMark state={record.status} />
      </span>
      {record.error ? (
        <span role="cell" className={classes.error} dir="auto">
          {record.error.type}: {cellText(record.error.message)}
        </span>
      ) : (
        <ValueCells record={record} columns={columns} />
      )}
    </div>
  );
}

function ValueCells({ record, columns }: { record: RunRecord; columns: RecordColumns }) {
  const value = lastValue(record);
  return columns.shown.map((field) => (
    <span
      role="cell"
      key={field}
      className={classes.value}
      data-numeric={columns.numeric.has(field) || undefined}
      data-changed={(record.stages.length > 0 && isChanged(record, field)) || undefined}
      dir="auto"
    >
      {cellText(value[field])}
    </span>
  ));
}

export function RecordHead({ columns }: { columns: RecordColumns }) {
  return (
    <div role="row" className={`${classes.row} ${classes.head}`}>
      <span role="columnheader" className={classes.index}>
        #
      </span>
      <span role="columnheader">State</span>
      {columns.shown.map((field) => (
        <span
          role="columnheader"
          key={field}
          className="cut"
          data-numeric={columns.numeric.has(field) || undefined}
          title={field}
          dir="auto"
        >
          {field}
        </span>
      ))}
    </div>
  );
}

/** The column widths, for both the header and the rows. */
export function gridTemplate(columns: RecordColumns): React.CSSProperties {
  const fields = Math.max(1, columns.shown.length);
  return {
    '--columns': `72px 104px repeat(${fields}, minmax(110px, 1fr))`,
    minWidth: 180 + fields * 118,
  } as React.CSSProperties;
}
