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
 * A grid with a cell for every batch, or for a group of batches above a thousand. It is an image for screen readers;
 * the tab of batches has the same as a table.
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
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table of batches offers the same from the keyboard */}
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
          Each square stands for {formatNumber(size)} batches.
        </Text>
      )}
    </>
  );
});

/** The grid while the batches are loading; it has the same size, so that the layout does not shift. */
export function BatchGridOutline({ total }: { total: number }) {
  const cells = Math.ceil(total / Math.max(1, Math.ceil(total / maxCells)));
  return (
    <div className={classes.grid} aria-busy="true" role="img" aria-label="Loading the batches">
      {Array.from({ length: cells }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells are identical
        <div key={cell} className={classes.cell} data-unknown />
      ))}
    </div>
  );
}

/** A cell of a batch with failed records, for the legend. */
export function FailuresSwatch() {
  return <span className={classes.cell} data-state="SUCCEEDED" data-failures aria-hidden="true" />;
}

function cellTitle(group: BatchGroup): string {
  const which =
    group.first === group.last ? `Batch ${group.first}` : `Batches ${group.first} to ${group.last}`;
  const failures = group.failedRecords > 0 ? `, ${formatCount(group.failedRecords, 'record')} failed` : '';
  return `${which}: ${stateLabel(group.state).toLowerCase()}${failures}`;
}
