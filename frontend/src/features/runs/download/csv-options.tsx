import { Checkbox, Group } from '@mantine/core';
import type { CsvChoices } from './download-choice';

const options: { name: keyof CsvChoices; label: string }[] = [
  { name: 'isForExcel', label: 'Byte order mark, for Excel' },
  { name: 'namesNull', label: 'Write NULL for null' },
  { name: 'keepsFormulas', label: 'No guard against formulas' },
];

export function CsvOptions({ csv, onChange }: { csv: CsvChoices; onChange: (csv: CsvChoices) => void }) {
  return (
    <Group gap="6px 16px" mt={8}>
      {options.map(({ name, label }) => (
        <Checkbox
          key={name}
          label={label}
          checked={csv[name]}
          onChange={({ currentTarget }) => onChange({ ...csv, [name]: currentTarget.checked })}
        />
      ))}
    </Group>
  );
}
