import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { RunRecord } from '@/api/types';
import { recordColumns } from './record-columns';
import { HiddenFields } from './record-grid';
import { gridTemplate, RecordHead, RecordRow } from './record-row';
import classes from './record-table.module.css';

const rowHeight = 32;

/** Browsers give up on elements above some 33 million pixels; more rows than this are reached by a jump. */
export const maxRows = 500_000;

export type Rows = { first: number; last: number };

/** The rows that are in sight before anything is known about them. */
export const firstRows: Rows = { first: 0, last: 60 };

type RecordTableProps = {
  count: number;
  /** Undefined while the record of a row is not there yet. */
  recordAt: (row: number) => RunRecord | undefined;
  rows: Rows;
  /** Told when other rows come into sight. */
  onRows: (rows: Rows) => void;
  openIndex?: number | undefined;
  /** The row of the open record where that is known: it is brought into sight. */
  openRow?: number | undefined;
  addressOf: (index: number) => string;
};

/** Any number of records: only the rows in sight are drawn. */
export function RecordTable(props: RecordTableProps) {
  const { count, recordAt, rows, onRows, openIndex, openRow, addressOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: Math.min(maxRows, count),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    // The head stands over the rows, and an open record shows the ones after it too.
    scrollPaddingEnd: 3 * rowHeight,
    onChange: ({ range }) => {
      if (range !== null && (range.startIndex !== rows.first || range.endIndex !== rows.last)) {
        onRows({ first: range.startIndex, last: range.endIndex });
      }
    },
  });
  const columns = useColumns(recordAt, rows);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the table follows the open record, and nothing else moves it
  useEffect(() => {
    if (openRow !== undefined) {
      virtualizer.scrollToIndex(openRow);
    }
  }, [openRow]);

  return (
    <div className="panel">
      <section
        ref={scroller}
        className={classes.scroll}
        style={{ height: '62vh' }}
        aria-label="Records"
        tabIndex={0}
      >
        <div role="table" aria-label="Records" aria-rowcount={count + 1} style={gridTemplate(columns)}>
          <RecordHead columns={columns} />
          <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map((item) => {
              const record = recordAt(item.index);
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

/** Columns stay as they were first seen, or they would jump while a person scrolls. */
function useColumns(recordAt: (row: number) => RunRecord | undefined, { first, last }: Rows) {
  const [columns, setColumns] = useState(() => recordColumns([]));
  if (columns.shown.length === 0) {
    const records = Array.from({ length: last - first + 1 }, (_, at) => recordAt(first + at));
    const seen = recordColumns(records.filter((record) => record !== undefined));
    if (seen.shown.length > 0) {
      setColumns(seen);
    }
  }
  return columns;
}
