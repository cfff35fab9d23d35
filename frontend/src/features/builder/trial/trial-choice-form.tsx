import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseIndexes } from '../draft/record-indexes';
import type { TrialChoice } from './trial';

const choices: Record<string, TrialChoice> = {
  'first 3': { kind: 'first', count: 3 },
  'first 10': { kind: 'first', count: 10 },
  'first 50': { kind: 'first', count: 50 },
  'random 3': { kind: 'random', count: 3 },
  'random 10': { kind: 'random', count: 10 },
};

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function chosenRecords(text: string): TrialChoice {
  return { kind: 'chosen', indexes: parseIndexes(text) ?? [] };
}

type TrialChoiceFormProps = {
  choice: TrialChoice;
  /** How many samples there are to try. */
  samples: number;
  onChange: (choice: TrialChoice) => void;
};

export function TrialChoiceForm({ choice, samples, onChange }: TrialChoiceFormProps) {
  const [text, setText] = useState(choice.kind === 'chosen' ? choice.indexes.join(', ') : '0, 5-7');
  const value = 'count' in choice ? `${choice.kind} ${choice.count}` : choice.kind;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <NativeSelect
        size="xs"
        aria-label="Records to try"
        value={value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange(chosen === 'samples' ? { kind: 'samples' } : (choices[chosen] ?? chosenRecords(text)));
        }}
        data={[
          ...Object.keys(choices).map((name) => ({ value: name, label: capitalised(name) })),
          { value: 'chosen', label: 'Chosen records' },
          ...(samples > 0 ? [{ value: 'samples', label: `Pinned samples (${samples})` }] : []),
        ]}
      />
      {choice.kind === 'chosen' && (
        <TextInput
          aria-label="Record numbers"
          value={text}
          error={choice.indexes.length === 0 && 'Enter record numbers such as 0, 5-7'}
          onChange={(event) => {
            setText(event.currentTarget.value);
            onChange(chosenRecords(event.currentTarget.value));
          }}
        />
      )}
    </Group>
  );
}
