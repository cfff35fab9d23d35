import { Switch } from '@mantine/core';

type StarredSwitchProps = { checked: boolean; onChange: (checked: boolean) => void };

/** Shows only what is starred. */
export function StarredSwitch({ checked, onChange }: StarredSwitchProps) {
  return (
    <Switch
      size="sm"
      py={4}
      label="Starred"
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
