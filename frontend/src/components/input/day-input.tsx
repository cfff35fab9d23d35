import { TextInput } from '@mantine/core';

type DayInputProps = { label: string; day: string; onChange: (day: string) => void };

/** A day that a list begins or ends with. */
export function DayInput({ label, day, onChange }: DayInputProps) {
  return (
    <TextInput
      type="date"
      aria-label={`${label} this day`}
      leftSection={
        <span className="quiet" aria-hidden>
          {label}
        </span>
      }
      leftSectionWidth={46}
      w={178}
      value={day}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
