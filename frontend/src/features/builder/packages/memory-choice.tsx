import { NumberInput } from '@mantine/core';

type MemoryChoiceProps = { memory: number | undefined; onChoose: (memory: number | undefined) => void };

/** The memory that each sandbox may take, where it is not that of the settings. */
export function MemoryChoice({ memory, onChoose }: MemoryChoiceProps) {
  return (
    <NumberInput
      size="xs"
      label="Memory of a sandbox in MB"
      description="For the packages and the records together. Leave it empty for the limit of the settings."
      min={128}
      step={128}
      allowDecimal={false}
      allowNegative={false}
      value={memory ?? ''}
      onChange={(value) => onChoose(typeof value === 'number' ? value : undefined)}
    />
  );
}
