import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { problemText } from '@/api/problem-text';
import { EmptyState } from '@/components/empty-state';
import { ProblemAlert } from '@/components/problem-alert';
import { RowSkeleton } from '@/components/row-skeleton';
import { recordColumns } from './record-columns';
import { HiddenFields } from './record-grid';
import { gridTemplate, RecordHead, RecordRow } from './record-row';
import classes from './record-table.module.css';
import { type RecordSelection, useRecordWindows } from './use-record-windows';

const rowHeight = 32;

/** Browsers give up on elements above some 33 million pixels; more rows than this are reached by a jump. */
export const mostRows = 500_000;

type RecordTableProps = {
  selection: RecordSelection;
  /** The row the table begins at; other than 0 only in runs with more than {@link mostRows} records. */
  firstRow: number;
  openIndex?: number | undefined;
  addressOf: (index: number) => string;
};

/** Any number of records: only the rows in sight are drawn, only their windows are fetched. */
export function RecordTable({ selection, firstRow, openIndex, addressOf }: RecordTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState({ first: 0, last: 60 });
  const { recordAt, total, error, records } = useRecordWindows(
    selection,
    firstRow + rows.first,
    firstRow + rows.last,
  );
  const virtualizer = useVirtualizer({
    count: Math.min(mostRows, Math.max(0, (total ?? 0) - firstRow)),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    onChange: ({ range }) => {
      if (range !== null && (range.startIndex !== rows.first || range.endIndex !== rows.last)) {
        setRows({ first: range.startIndex, last: range.endIndex });
      }
    },
  });
  const [columns, setColumns] = useState(() => recordColumns([]));

  if (columns.shown.length === 0 && records.length > 0) {
    // Columns stay as they were first seen, or they would jump while a person scrolls.
    setColumns(recordColumns(records));
  }
  if (error !== null && total === undefined) {
    return <ProblemAlert {...problemText(error)} />;
  }
  if (total === undefined) {
    return <RowSkeleton rows={12} />;
  }
  if (total === 0) {
    return <EmptyState title="No record is in this state" />;
  }
  return (
    <div className="panel">
      <section
        ref={scroller}
        className={classes.scroll}
        style={{ height: '62vh' }}
        aria-label="Records"
        tabIndex={0}
      >
        <div role="table" aria-label="Records" aria-rowcount={total + 1} style={gridTemplate(columns)}>
          <RecordHead columns={columns} />
          <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map((item) => {
              const record = recordAt(firstRow + item.index);
              return (
                <div
                  key={item.key}
                  role="presentation"
                  style={{
                    position: 'absolute',
                    inset: '0 0 auto',
                    transform: `translateY(${item.start}px)`,
                  }}
                >
                  {record === undefined ? (
                    <div className={classes.placeholder} />
                  ) : (
                    <RecordRow
                      record={record}
                      columns={columns}
                      address={addressOf(record.index)}
                      open={record.index === openIndex}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </section>
      <HiddenFields count={columns.hidden} />
    </div>
  );
}
