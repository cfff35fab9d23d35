import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { type JsonValue, stringifyExact } from '@/lib/exact-json';
import classes from './value-text.module.css';

const shownCharacters = 4000;

/** A value as indented JSON text; a large one is cut, with a way to the rest. */
export function ValueText({ value }: { value: JsonValue }) {
  const [whole, setWhole] = useState(false);
  const text = stringifyExact(value, 2);
  const cut = !whole && text.length > shownCharacters;
  return (
    <div className={classes.box}>
      <pre className={classes.text} dir="ltr">
        {cut ? text.slice(0, shownCharacters) : text}
      </pre>
      {cut && (
        <UnstyledButton className={classes.more} onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString('en-US')} characters
        </UnstyledButton>
      )}
    </div>
  );
}
