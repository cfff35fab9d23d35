import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './explained.module.css';

/** A figure with an explanation on hover, on focus and on touch. */
export function Explained({ by, children }: { by: ReactNode; children: ReactNode }) {
  return (
    <Tooltip label={by} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <span className={classes.term} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
