import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '@/components/icon';
import { useDebouncedText } from '@/components/list/use-debounced-text';
import { maxTextLength } from './record-filter';
import classes from './record-filter-bar.module.css';

const typingMilliseconds = 350;

type SearchTextProps = {
  /** The text in the address. */
  text: string;
  onText: (text: string) => void;
};

/**
 * Searches when typing pauses. When the text in the address changes, for example by the browser's Back, it replaces the
 * typed one.
 */
export function SearchText({ text, onText }: SearchTextProps) {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const search = useDebouncedText(send, typingMilliseconds);

  function send(wanted: string) {
    sent.current = wanted;
    onText(wanted);
  }

  useEffect(() => {
    if (text !== sent.current) {
      sent.current = text;
      search.cancel();
      setTyped(text);
    }
  }, [text, search]);

  return (
    <TextInput
      type="search"
      aria-label="Search in records"
      placeholder="Search in records"
      className={classes.text}
      leftSection={<Icon name="search" />}
      maxLength={maxTextLength}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search.send(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          search.cancel();
          send(typed);
        }
      }}
    />
  );
}
