import { type PointerEvent, useRef } from 'react';
import { Icon } from '@/components/icon';
import { type RecordSort, sortNameOf } from '../columns/record-sort';
import { type ColumnLayout, narrowest, widest } from './column-layout';
import type { Column, RecordColumns } from './record-columns';
import classes from './record-table.module.css';

type RecordHeadProps = {
  columns: RecordColumns;
  layout: ColumnLayout;
  /** Undefined where the widths cannot be changed. */
  onWidth?: ((name: string, width: number | undefined) => void) | undefined;
  sort?: RecordSort | undefined;
  /** Undefined where the records cannot be sorted. */
  onSort?: ((by: string) => void) | undefined;
};

export function RecordHead({ columns, layout, onWidth, sort, onSort }: RecordHeadProps) {
  const titleOf = (by: string, label: string) => (
    <SortTitle by={by} label={label} sort={sort} onSort={onSort} />
  );
  const heads = columns.shown.map((column, at) => (
    <HeadCell
      key={column.name}
      column={column}
      style={layout.cell(at)}
      isPinned={at < columns.pinned}
      onWidth={onWidth}
      sort={sort}
      onSort={onSort}
    />
  ));
  return (
    <div role="row" className={`${classes.row} ${classes.head}`}>
      <span role="columnheader" className={classes.index} aria-sort={ariaSort(sort, '_index')}>
        {titleOf('_index', '#')}
      </span>
      <span
        role="columnheader"
        className={classes.state}
        style={layout.state}
        aria-sort={ariaSort(sort, '_status')}
      >
        {titleOf('_status', 'State')}
      </span>
      {heads.slice(0, columns.reasonAt)}
      {columns.reasonAt !== undefined && (
        <span role="columnheader" aria-sort={ariaSort(sort, '_error')}>
          {titleOf('_error', 'Reason')}
        </span>
      )}
      {columns.reasonAt !== undefined && heads.slice(columns.reasonAt)}
    </div>
  );
}

type HeadCellProps = {
  column: Column;
  style: React.CSSProperties | undefined;
  isPinned: boolean;
} & Pick<RecordHeadProps, 'onWidth' | 'sort' | 'onSort'>;

function HeadCell({ column, style, isPinned, onWidth, sort, onSort }: HeadCellProps) {
  const { name, isOutput, isNumeric } = column;
  const by = sortNameOf(name);
  return (
    <span
      role="columnheader"
      aria-sort={ariaSort(sort, by)}
      className={classes.headCell}
      style={style}
      data-pinned={isPinned || undefined}
      data-numeric={isNumeric || undefined}
      data-output={isOutput || undefined}
      title={isOutput ? `${name}, made or changed by the scripts` : name}
      dir="auto"
    >
      <SortTitle by={by} label={name} sort={sort} onSort={onSort} />
      {onWidth !== undefined && <WidthHandle onWidth={(width) => onWidth(name, width)} />}
    </span>
  );
}

type SortTitleProps = { by: string; label: string } & Pick<RecordHeadProps, 'sort' | 'onSort'>;

/** The name of a column; a click sorts by it, the next one the other way round, the third one no longer. */
function SortTitle({ by, label, sort, onSort }: SortTitleProps) {
  if (onSort === undefined) {
    return <span className="cut">{label}</span>;
  }
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(by)}>
      <span className="cut">{label}</span>
      {sort?.by === by && <Icon name={sort.isDescending ? 'down' : 'up'} size={12} />}
    </button>
  );
}

function ariaSort(sort: RecordSort | undefined, by: string): 'ascending' | 'descending' | undefined {
  if (sort?.by !== by) {
    return undefined;
  }
  return sort.isDescending ? 'descending' : 'ascending';
}

/** Drags the width of a column; a double click lets it share the room again. The keyboard has the list of columns. */
function WidthHandle({ onWidth }: { onWidth: (width: number | undefined) => void }) {
  const from = useRef<{ x: number; width: number }>(undefined);

  function grab(event: PointerEvent<HTMLSpanElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? 0 };
  }

  function drag({ clientX }: PointerEvent) {
    if (from.current !== undefined) {
      const width = Math.round(from.current.width + clientX - from.current.x);
      onWidth(Math.min(widest, Math.max(narrowest, width)));
    }
  }

  function release() {
    from.current = undefined;
  }

  return (
    <span
      className={classes.handle}
      aria-hidden="true"
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={() => onWidth(undefined)}
    />
  );
}
