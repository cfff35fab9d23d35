import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { formatNumber } from '@/lib/format';
import type { RecordColumns } from '../table/record-columns';
import classes from './column-bar.module.css';
import { type ColumnChoice, maxChosen, toggled } from './column-choice';
import { ColumnCheck, ColumnMoves, WidthChoice } from './column-controls';
import { orderedNames, type SeenFields } from './seen-fields';
import type { ColumnSettings } from './use-column-choice';

/** So many columns that are not shown are listed; a search finds the others. */
const maxListed = 60;

type ColumnChooserProps = { seen: SeenFields; columns: RecordColumns; settings: ColumnSettings };

/** Which columns a table has, in which order, and which of them stay while the others scroll sideways. */
export function ColumnChooser({ seen, columns, settings }: ColumnChooserProps) {
  const [text, setText] = useState('');
  // The address follows a moment later, and the next change may come before that.
  const [edited, setEdited] = useState<ColumnChoice>();
  const choice = edited ?? { names: columns.shown.map(({ name }) => name), pinned: columns.pinned };
  const change = (changed: ColumnChoice | undefined) => {
    setEdited(changed);
    settings.onChoice(changed);
  };
  const isShown = new Set(choice.names);
  const matches = (name: string) => name.toLowerCase().includes(text.trim().toLowerCase());
  const hidden = orderedNames(seen).filter((name) => !isShown.has(name) && matches(name));
  const outputs = orderedNames(seen).filter((name) => seen.outputs.has(name));
  const isFull = choice.names.length >= maxChosen;

  return (
    <>
      <TextInput
        aria-label="Search a column"
        placeholder="Search a column"
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={6} mt={8}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={outputs.length === 0}
          onClick={() => change({ names: outputs.slice(0, maxChosen), pinned: 0 })}
        >
          Only what the scripts made
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={settings.choice === undefined}
          onClick={() => change(undefined)}
        >
          As at first
        </Button>
      </Group>
      <ul className={classes.list} aria-label="Columns">
        {[...choice.names.filter(matches), ...hidden.slice(0, maxListed)].map((name) => (
          <li key={name} className={classes.item} data-output={seen.outputs.has(name) || undefined}>
            <ColumnCheck
              name={name}
              isShown={isShown.has(name)}
              isDisabled={isFull && !isShown.has(name)}
              onToggle={() => change(toggled(choice, name))}
            />
            {isShown.has(name) && (
              <>
                <WidthChoice name={name} width={settings.widths[name]} onWidth={settings.onWidth} />
                <ColumnMoves name={name} choice={choice} onChoice={change} />
              </>
            )}
          </li>
        ))}
      </ul>
      {hidden.length > maxListed && (
        <Text size="sm" className="quiet" mt={6}>
          {formatNumber(hidden.length - maxListed)} more. Search for them.
        </Text>
      )}
      {isFull && (
        <Text size="sm" className="quiet" mt={6}>
          A table has at most {maxChosen} columns. Hide one to show another.
        </Text>
      )}
    </>
  );
}
