import { Checkbox, Table } from '@mantine/core';
import classes from './selection.module.css';
import type { Selection } from './use-selection';

type Item = { id: string; name: string };

/** Ticks all items that are shown. */
export function SelectionHead({ items, selection }: { items: Item[]; selection: Selection }) {
  const ids = items.map(({ id }) => id);
  const ticked = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <Table.Th w={36}>
      <Checkbox
        size="sm"
        className={classes.tick}
        aria-label="Select all that are shown"
        checked={ticked > 0 && ticked === ids.length}
        indeterminate={ticked > 0 && ticked < ids.length}
        onChange={(event) => selection.set(ids, event.currentTarget.checked)}
      />
    </Table.Th>
  );
}

export function SelectionCell({ item, selection }: { item: Item; selection: Selection }) {
  return (
    <Table.Td>
      <Checkbox
        size="sm"
        className={classes.tick}
        aria-label={`Select ${item.name}`}
        checked={selection.ids.has(item.id)}
        onChange={(event) => selection.set([item.id], event.currentTarget.checked)}
      />
    </Table.Td>
  );
}
