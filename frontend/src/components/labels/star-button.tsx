import { ActionIcon } from '@mantine/core';
import { Icon } from '../icon';
import classes from './labels.module.css';

type StarButtonProps = {
  name: string;
  starred: boolean;
  busy?: boolean;
  onChange: (starred: boolean) => void;
};

/** Stars an item, so that it is found again and retention keeps it. */
export function StarButton({ name, starred, busy = false, onChange }: StarButtonProps) {
  return (
    <ActionIcon
      size={28}
      className={classes.star}
      aria-pressed={starred}
      aria-label={`Star ${name}`}
      title={starred ? 'Starred. Click to remove the star' : 'Star it'}
      data-busy={busy || undefined}
      onClick={() => onChange(!starred)}
    >
      <Icon name="star" />
    </ActionIcon>
  );
}
