import { Text } from '@mantine/core';
import { memo } from 'react';
import type { Batch } from '@/api/types';
import { formatCount, formatNumber } from '@/lib/format';
import { stateLabel } from '@/lib/states';
import classes from './batch-grid.module.css';
import { type BatchGroup, groupBatches } from './batch-groups';

const maxCells = 1000;

type BatchGridProps = { batches: Batch[]; onOpen: (number: number) => void };

/**
 * Every batch as a cell, coloured and shaped by its state; above a thousand a cell stands for a group. It is a picture:
 * the tab with the batches is the way for the keyboard and for screen readers.
 */
export const BatchGrid = memo(function BatchGrid({ batches, onOpen }: BatchGridProps) {
  const groups = groupBatches(batches, maxCells);
  const size = Math.ceil(batches.length / Math.max(1, groups.length));

  function openCell(event: React.MouseEvent) {
    const cell = (event.target as HTMLElement).dataset.first;
    if (cell !== undefined) {
      onOpen(Number(cell));
    }
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table of batches is the same by keyboard */}
      <div
        className={classes.grid}
        role="img"
        aria-label={`${formatCount(batches.length, 'batch', 'batches')} by state`}
        onClick={openCell}
      >
        {groups.map((group) => (
          <div
            key={group.first}
            className={classes.cell}
            data-first={group.first}
            data-state={group.state}
            data-failures={group.failedRecords > 0 || undefined}
            title={cellTitle(group)}
          />
        ))}
      </div>
      {size > 1 && (
        <Text size="xs" className="quiet" mt={4}>
          Each cell shows {formatNumber(size)} batches.
        </Text>
      )}
    </>
  );
});

/** The same cells before anything is known about the batches, so that nothing jumps when it is. */
export function BatchGridOutline({ total }: { total: number }) {
  const cells = Math.ceil(total / Math.max(1, Math.ceil(total / maxCells)));
  return (
    <div className={classes.grid} aria-busy="true" role="img" aria-label="Loading the batches">
      {Array.from({ length: cells }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells are all alike
        <div key={cell} className={classes.cell} data-unknown />
      ))}
    </div>
  );
}

/** What the cell of a batch looks like that finished with failed records, for the words beside the grid. */
export function FailuresSwatch() {
  return <span className={classes.cell} data-state="SUCCEEDED" data-failures aria-hidden="true" />;
}

function cellTitle(group: BatchGroup): string {
  const which =
    group.first === group.last ? `Batch ${group.first}` : `Batches ${group.first} to ${group.last}`;
  const failures = group.failedRecords > 0 ? `, ${formatCount(group.failedRecords, 'record')} failed` : '';
  return `${which}: ${stateLabel(group.state).toLowerCase()}${failures}`;
}
