import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RunRecord } from '@/api/types';
import { ColumnBar } from '../columns/column-bar';
import type { RecordSort } from '../columns/record-sort';
import type { ColumnSettings } from '../columns/use-column-choice';
import { useSeenFields } from '../columns/use-seen-fields';
import { columnLayout } from './column-layout';
import { recordColumns } from './record-columns';
import { RecordHead } from './record-head';
import { RecordRow } from './record-row';
import classes from './record-table.module.css';

const rowHeight = 32;

/** Browsers do not render elements higher than about 33 million pixels; further rows are reached by "Go to record". */
export const maxRows = 500_000;

export type Rows = { first: number; last: number };

/** The visible rows before the table is measured. */
export const firstRows: Rows = { first: 0, last: 60 };

type RecordTableProps = {
  count: number;
  /** Undefined while the record is loading. */
  recordAt: (row: number) => RunRecord | undefined;
  rows: Rows;
  /** Called when other rows become visible. */
  onRows: (rows: Rows) => void;
  openIndex?: number | undefined;
  /** The row of the open record, if it is known; the table scrolls to it. */
  openRow?: number | undefined;
  addressOf: (index: number) => string;
  settings: ColumnSettings;
  sort?: RecordSort | undefined;
  /** Called with the column whose head is clicked. */
  onSort: (by: string) => void;
};

/** A table for any number of records: only visible rows are rendered. */
export function RecordTable(props: RecordTableProps) {
  const { count, recordAt, rows, onRows, openIndex, openRow, addressOf, settings, sort, onSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: Math.min(maxRows, count),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    // Leaves room for the sticky header and for the rows after an open record.
    scrollPaddingEnd: 3 * rowHeight,
    onChange: ({ range }) => {
      if (range !== null && (range.startIndex !== rows.first || range.endIndex !== rows.last)) {
        onRows({ first: range.startIndex, last: range.endIndex });
      }
    },
  });
  const visible = Array.from({ length: rows.last - rows.first + 1 }, (_, at) => recordAt(rows.first + at));
  const seen = useSeenFields(visible.filter((record) => record !== undefined));
  const columns = recordColumns(seen, settings.choice);
  const layout = columnLayout(columns, settings.widths);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the open row scrolls the table
  useEffect(() => {
    if (openRow !== undefined) {
      virtualizer.scrollToIndex(openRow);
    }
  }, [openRow]);

  return (
    <div className="panel">
      <ColumnBar seen={seen} columns={columns} settings={settings} />
      <section
        ref={scroller}
        className={classes.scroll}
        style={{ height: '62vh' }}
        aria-label="Records"
        tabIndex={0}
      >
        <div role="table" aria-label="Records" aria-rowcount={count + 1} style={layout.table}>
          <RecordHead
            columns={columns}
            layout={layout}
            onWidth={settings.onWidth}
            sort={sort}
            onSort={onSort}
          />
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
                      layout={layout}
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
    </div>
  );
}
