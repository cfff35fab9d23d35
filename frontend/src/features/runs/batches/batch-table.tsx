import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { Batch } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { formatDuration, formatNumber } from '@/lib/format';
import classes from './batch-table.module.css';

const rowHeight = 30;

type BatchTableProps = {
  batches: Batch[];
  open: number | undefined;
  addressOf: (batch: number) => string;
};

export function BatchTable({ batches, open, addressOf }: BatchTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: batches.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  });
  return (
    <section ref={scroller} className={`panel ${classes.scroll}`} aria-label="Batches" tabIndex={0}>
      <div role="table" aria-label="Batches" aria-rowcount={batches.length + 1} className={classes.table}>
        <div role="row" className={`${classes.row} ${classes.head}`}>
          <span role="columnheader">Batch</span>
          <span role="columnheader">State</span>
          <span role="columnheader">Records</span>
          <span role="columnheader">Failed</span>
          <span role="columnheader">Skipped</span>
          <span role="columnheader">Attempt</span>
          <span role="columnheader">Duration</span>
        </div>
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const batch = batches[item.index];
            return batch === undefined ? null : (
              <div
                key={item.key}
                role="presentation"
                style={{ position: 'absolute', inset: '0 0 auto', transform: `translateY(${item.start}px)` }}
              >
                <BatchRow batch={batch} address={addressOf(batch.number)} open={batch.number === open} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function BatchRow({ batch, address, open }: { batch: Batch; address: string; open: boolean }) {
  return (
    <div role="row" className={classes.row} data-open={open || undefined}>
      <span role="cell">
        <Link to={address} className={classes.link} preventScrollReset aria-label={`Batch ${batch.number}`}>
          {formatNumber(batch.number)}
        </Link>
      </span>
      <span role="cell">
        <StateMark state={batch.status} />
      </span>
      <span role="cell" title={`Records ${batch.firstRecord} to ${batch.firstRecord + batch.records - 1}`}>
        {formatNumber(batch.records)}
      </span>
      <span role="cell">{batch.failed > 0 ? formatNumber(batch.failed) : ''}</span>
      <span role="cell">{batch.skipped > 0 ? formatNumber(batch.skipped) : ''}</span>
      <span role="cell">{batch.attempt > 0 ? batch.attempt : ''}</span>
      <span role="cell">{batch.durationMs == null ? '' : formatDuration(batch.durationMs)}</span>
    </div>
  );
}
