import { NativeSelect } from '@mantine/core';
import { type RoleName, roleChoices } from '@/lib/roles';

type RoleSelectProps = {
  /** Shown beside it, or said of it where a table has a heading. */
  label: string | { said: string };
  value: RoleName;
  /** The highest role that may be chosen. */
  most?: RoleName;
  disabled?: boolean;
  onChange: (role: RoleName) => void;
};

export function RoleSelect({ label, value, most, disabled, onChange }: RoleSelectProps) {
  const isShown = typeof label === 'string';
  return (
    <NativeSelect
      {...(isShown ? { label } : { 'aria-label': label.said, miw: 140 })}
      data={roleChoices(most)}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value as RoleName)}
    />
  );
}
