import { Text } from '@mantine/core';
import classes from './log-text.module.css';

/** The output of scripts. */
export function LogText({ text }: { text: string }) {
  if (text.trim() === '') {
    return (
      <Text size="sm" className="quiet">
        No output.
      </Text>
    );
  }
  return (
    <pre className={classes.log} tabIndex={0}>
      {text}
    </pre>
  );
}
