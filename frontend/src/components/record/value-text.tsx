import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { beginningOfJson, type JsonValue } from '@/lib/values/exact-json';
import { JsonTree } from '../json/json-tree';
import classes from './value-text.module.css';

const shownCharacters = 2000;

/** A value as indented JSON. Of a large value only the beginning is shown, and all of it as a tree on demand. */
export function ValueText({ value }: { value: JsonValue }) {
  const [expanded, setExpanded] = useState(false);
  if (expanded) {
    return <JsonTree value={value} label="Value" name="value" />;
  }
  const { text, whole } = beginningOfJson(value, shownCharacters, 2);
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
