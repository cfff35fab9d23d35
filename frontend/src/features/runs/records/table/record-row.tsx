import { Link } from 'react-router';
import type { RunRecord } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { cellText } from '@/lib/values/cell-text';
import { errorLine } from '@/lib/values/error-words';
import { lastValue } from '@/lib/values/record';
import { isChanged } from '../columns/changed-field';
import type { ColumnLayout } from './column-layout';
import type { RecordColumns } from './record-columns';
import classes from './record-table.module.css';

type RecordRowProps = {
  record: RunRecord;
  columns: RecordColumns;
  layout: ColumnLayout;
  address: string;
  open?: boolean;
};

/** One record; the index, the state and the pinned columns stay while the others scroll sideways. */
export function RecordRow({ record, columns, layout, address, open = false }: RecordRowProps) {
  const value = lastValue(record);
  const cells = columns.shown.map(({ name, isNumeric }, at) => (
    <span
      role="cell"
      key={name}
      className={classes.value}
      style={layout.cell(at)}
      data-pinned={at < columns.pinned || undefined}
      data-numeric={isNumeric || undefined}
      data-changed={(record.stages.length > 0 && isChanged(record, name)) || undefined}
      dir="auto"
    >
      {cellText(Object.hasOwn(value, name) ? value[name] : undefined)}
    </span>
  ));
  return (
    <div role="row" className={classes.row} data-open={open || undefined}>
      <span role="cell" className={classes.index}>
        <Link to={address} className={classes.link} preventScrollReset aria-label={`Record ${record.index}`}>
          {formatNumber(record.index)}
        </Link>
      </span>
      <span role="cell" className={classes.state} style={layout.state}>
        <StateMark state={record.status} />
      </span>
      {cells.slice(0, columns.reasonAt)}
      {columns.reasonAt !== undefined && <ReasonCell record={record} />}
      {columns.reasonAt !== undefined && cells.slice(columns.reasonAt)}
      {/* A click anywhere in the row opens the record; the link of the index is that of the keyboard. */}
      <Link to={address} className={classes.cover} preventScrollReset aria-hidden="true" tabIndex={-1} />
    </div>
  );
}

/** Why the record failed or was skipped. */
function ReasonCell({ record: { error, skipped } }: { record: RunRecord }) {
  if (error == null) {
    return (
      <span role="cell" dir="auto">
        {skipped == null ? '' : cellText(skipped)}
      </span>
    );
  }
  return (
    <span role="cell" className={classes.error} dir="auto">
      {cellText(errorLine(error))}
    </span>
  );
}
