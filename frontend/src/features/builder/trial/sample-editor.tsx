import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { recordProblem, type Sample } from './samples';

type SampleEditorProps = {
  /** The number of the sample, from 1. */
  number: number;
  sample: Sample;
  onChange: (sample: Sample) => void;
  onClose: () => void;
};

/** Edits the record of a sample as JSON, and what is expected of it. */
export function SampleEditor({ number, sample, onChange, onClose }: SampleEditorProps) {
  const [record, setRecord] = useState(sample.record);
  const [expected, setExpected] = useState(sample.expected ?? '');
  const problems = {
    record: recordProblem(record),
    expected: expected.trim() === '' ? undefined : recordProblem(expected),
  };
  const save = () => {
    onChange({ record, ...(expected.trim() === '' ? {} : { expected }) });
    onClose();
  };
  return (
    <div>
      <JsonInput label={`Sample ${number}`} text={record} problem={problems.record} onChange={setRecord} />
      <JsonInput
        label="Expected result"
        text={expected}
        problem={problems.expected}
        onChange={setExpected}
        placeholder="Nothing is expected"
      />
      <Group gap="xs" mt={6}>
        <Button disabled={problems.record !== undefined || problems.expected !== undefined} onClick={save}>
          Keep
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Text size="sm" className="quiet">
          Kept with the draft in this browser
        </Text>
      </Group>
    </div>
  );
}

type JsonInputProps = {
  label: string;
  text: string;
  problem: string | undefined;
  placeholder?: string;
  onChange: (text: string) => void;
};

function JsonInput({ label, text, problem, placeholder, onChange }: JsonInputProps) {
  return (
    <Textarea
      label={label}
      size="xs"
      autosize
      minRows={2}
      maxRows={16}
      mt={6}
      value={text}
      error={problem}
      placeholder={placeholder ?? ''}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mono)', fontSize: 13 } }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
