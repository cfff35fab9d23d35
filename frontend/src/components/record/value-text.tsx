import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { beginningOfJson, type JsonValue, stringifyExact } from '@/lib/values/exact-json';
import classes from './value-text.module.css';

const shownCharacters = 4000;

/** A value as indented JSON. A large value is truncated, with a button to show all of it. */
export function ValueText({ value }: { value: JsonValue }) {
  const [expanded, setExpanded] = useState(false);
  const { text, whole } = expanded
    ? { text: stringifyExact(value, 2), whole: true }
    : beginningOfJson(value, shownCharacters, 2);
  return (
    <div>
      <pre className={classes.text} dir="ltr">
        {text}
      </pre>
      {!whole && (
        <UnstyledButton className={classes.more} onClick={() => setExpanded(true)}>
          Show all
        </UnstyledButton>
      )}
    </div>
  );
}
