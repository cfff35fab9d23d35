import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { newOutputField, type OutputField, type OutputType, type PromptOutput } from './prompt';
import classes from './prompt-editor.module.css';

const typeLabels: Record<OutputType, string> = {
  string: 'Text',
  number: 'Number',
  integer: 'Whole number',
  boolean: 'True or false',
  choice: 'One of …',
  list: 'List of texts',
};

type OutputEditorProps = { output: PromptOutput; onChange: (output: PromptOutput) => void };

/** Where the answer goes: its text into one field, or several fields with types, which the model has to fill. */
export function OutputEditor({ output, onChange }: OutputEditorProps) {
  return (
    <Stack gap={6}>
      <Group gap="xs" justify="space-between">
        <Text size="xs" fw={500}>
          Answer
        </Text>
        <SegmentedControl
          aria-label="Kind of answer"
          value={output.kind}
          onChange={(kind) => onChange(converted(output, kind as PromptOutput['kind']))}
          data={[
            { value: 'text', label: 'Text in a field' },
            { value: 'object', label: 'Several fields' },
          ]}
        />
      </Group>
      {output.kind === 'text' ? (
        <TextInput
          aria-label="Field for the answer"
          classNames={{ input: 'mono' }}
          value={output.field}
          error={output.field === '' && 'Name the field for the answer.'}
          onChange={(event) => onChange({ kind: 'text', field: event.currentTarget.value })}
        />
      ) : (
        <OutputFields fields={output.fields} onChange={(fields) => onChange({ kind: 'object', fields })} />
      )}
    </Stack>
  );
}

/** The name of the field stays when the kind of the answer changes. */
function converted(output: PromptOutput, kind: PromptOutput['kind']): PromptOutput {
  if (output.kind === kind) {
    return output;
  }
  return output.kind === 'text'
    ? { kind: 'object', fields: [newOutputField(output.field)] }
    : { kind: 'text', field: output.fields[0]?.name || 'answer' };
}

type OutputFieldsProps = { fields: OutputField[]; onChange: (fields: OutputField[]) => void };

function OutputFields({ fields, onChange }: OutputFieldsProps) {
  return (
    <>
      {fields.map((field, at) => (
        <OutputFieldRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no other identity while its name is typed
          key={at}
          field={field}
          number={at + 1}
          isTaken={fields.findIndex(({ name }) => name === field.name) < at}
          onChange={(changed) => onChange(fields.with(at, changed))}
          onRemove={() => onChange(fields.toSpliced(at, 1))}
        />
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...fields, newOutputField()])}
        >
          Add field
        </Button>
      </Group>
    </>
  );
}

type OutputFieldRowProps = {
  field: OutputField;
  number: number;
  isTaken: boolean;
  onChange: (field: OutputField) => void;
  onRemove: () => void;
};

function OutputFieldRow({ field, number, isTaken, onChange, onRemove }: OutputFieldRowProps) {
  const [choices, setChoices] = useState(field.choices.join(', '));
  return (
    <div className={classes.outputField} role="group" aria-label={`Field ${number} of the answer`}>
      <TextInput
        aria-label="Name"
        placeholder="name"
        classNames={{ input: 'mono' }}
        value={field.name}
        error={isTaken && field.name !== '' && 'Taken'}
        onChange={(event) => onChange({ ...field, name: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label="Type"
        value={field.type}
        onChange={(event) => onChange({ ...field, type: event.currentTarget.value as OutputType })}
        data={Object.entries(typeLabels).map(([value, label]) => ({ value, label }))}
      />
      <TextInput
        aria-label="What belongs there"
        placeholder="what belongs there"
        value={field.description}
        onChange={(event) => onChange({ ...field, description: event.currentTarget.value })}
      />
      <ActionIcon aria-label={`Remove field ${number}`} onClick={onRemove}>
        <Icon name="close" size={12} />
      </ActionIcon>
      {field.type === 'choice' && (
        <TextInput
          className={classes.choices}
          aria-label="Values to choose from"
          placeholder="right, wrong, unknown"
          value={choices}
          error={field.choices.length === 0 && 'List the values, with commas between them.'}
          onChange={(event) => {
            setChoices(event.currentTarget.value);
            onChange({ ...field, choices: valuesIn(event.currentTarget.value) });
          }}
        />
      )}
    </div>
  );
}

function valuesIn(text: string): string[] {
  return [...new Set(text.split(',').map((value) => value.trim()))].filter((value) => value !== '');
}
