import { type PointerEvent, useRef } from 'react';
import { type ColumnLayout, narrowest, widest } from './column-layout';
import type { Column, RecordColumns } from './record-columns';
import classes from './record-table.module.css';

type RecordHeadProps = {
  columns: RecordColumns;
  layout: ColumnLayout;
  /** Undefined where the widths cannot be changed. */
  onWidth?: ((name: string, width: number | undefined) => void) | undefined;
};

export function RecordHead({ columns, layout, onWidth }: RecordHeadProps) {
  const heads = columns.shown.map((column, at) => (
    <HeadCell
      key={column.name}
      column={column}
      style={layout.cell(at)}
      isPinned={at < columns.pinned}
      onWidth={onWidth}
    />
  ));
  return (
    <div role="row" className={`${classes.row} ${classes.head}`}>
      <span role="columnheader" className={classes.index}>
        #
      </span>
      <span role="columnheader" className={classes.state} style={layout.state}>
        State
      </span>
      {heads.slice(0, columns.reasonAt)}
      {columns.reasonAt !== undefined && <span role="columnheader">Reason</span>}
      {columns.reasonAt !== undefined && heads.slice(columns.reasonAt)}
    </div>
  );
}

type HeadCellProps = {
  column: Column;
  style: React.CSSProperties | undefined;
  isPinned: boolean;
  onWidth: RecordHeadProps['onWidth'];
};

function HeadCell({ column: { name, isOutput, isNumeric }, style, isPinned, onWidth }: HeadCellProps) {
  return (
    <span
      role="columnheader"
      className={classes.headCell}
      style={style}
      data-pinned={isPinned || undefined}
      data-numeric={isNumeric || undefined}
      data-output={isOutput || undefined}
      title={isOutput ? `${name}, made or changed by the scripts` : name}
      dir="auto"
    >
      <span className="cut">{name}</span>
      {onWidth !== undefined && <WidthHandle onWidth={(width) => onWidth(name, width)} />}
    </span>
  );
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
