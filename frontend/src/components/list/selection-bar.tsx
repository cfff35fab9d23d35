import { Alert, Button, List, Text } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { inTurns } from '@/lib/in-turns';
import { problemText } from '@/lib/problems/problem-text';
import { ConfirmButton } from '../feedback/confirm-button';
import classes from './selection.module.css';
import type { Selection } from './use-selection';

type Item = { id: string; name: string };

type SelectionBarProps = {
  /** The items in the singular, such as `run`. */
  noun: string;
  items: Item[];
  selection: Selection;
  /** What deletion means for these items. */
  consequence: string;
  remove: (id: string) => Promise<unknown>;
  /** Called when all have been tried. */
  onRemoved: () => void;
};

type Outcome = { removed: number; refused: { item: Item; reason: string }[] };

/** What can be done with the ticked items: delete them. Says afterwards which could not be deleted, and why. */
export function SelectionBar(props: SelectionBarProps) {
  const { noun, items, selection, consequence, remove, onRemoved } = props;
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const selected = items.filter(({ id }) => selection.ids.has(id));

  async function removeAll() {
    setBusy(true);
    const refused: Outcome['refused'] = [];
    await inTurns(selected, async (item) => {
      try {
        await remove(item.id);
      } catch (error) {
        refused.push({ item, reason: reasonOf(error) });
      }
    });
    setOutcome({ removed: selected.length - refused.length, refused });
    selection.clear();
    setBusy(false);
    onRemoved();
  }

  return (
    <>
      <div role="status">{outcome !== undefined && <OutcomeText noun={noun} outcome={outcome} />}</div>
      {selected.length > 0 && (
        <section className={`panel ${classes.bar}`} aria-label="Selection">
          <Text size="sm" fw={600}>
            {formatCount(selected.length, noun)} selected
          </Text>
          <ConfirmButton
            question={`Delete ${formatCount(selected.length, noun)}?`}
            consequence={consequence}
            verb={`Delete ${formatCount(selected.length, noun)}`}
            loading={busy}
            onConfirm={removeAll}
          >
            Delete
          </ConfirmButton>
          <Button variant="subtle" onClick={selection.clear}>
            Clear the selection
          </Button>
        </section>
      )}
    </>
  );
}

function OutcomeText({ noun, outcome: { removed, refused } }: { noun: string; outcome: Outcome }) {
  return (
    <Alert color={refused.length > 0 ? 'orange' : 'gray'} py={6} mb="xs">
      {formatCount(removed, noun)} deleted.
      {refused.length > 0 && (
        <>
          {' '}
          {formatCount(refused.length, noun)} could not be deleted:
          <List size="sm">
            {refused.slice(0, 20).map(({ item, reason }) => (
              <List.Item key={item.id}>
                <span dir="auto">{item.name}</span>: {reason}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}

function reasonOf(error: unknown): string {
  const { title, detail } = problemText(error);
  return detail ?? title;
}
