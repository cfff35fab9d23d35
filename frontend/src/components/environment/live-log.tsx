import { Text } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import classes from './environment.module.css';

/** Within so many pixels of the end, the reader is at the end. */
const nearTheEnd = 24;

/** A log that grows: it follows its end, unless the reader has scrolled up. */
export function LiveLog({ text, label }: { text: string | undefined; label: string }) {
  const log = useRef<HTMLPreElement>(null);
  const follows = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when there is more text
  useLayoutEffect(() => {
    if (log.current !== null && follows.current) {
      log.current.scrollTop = log.current.scrollHeight;
    }
  }, [text]);

  if (text === undefined || text.trim() === '') {
    return (
      <Text size="sm" className="quiet" role="log" aria-label={label}>
        {text === undefined ? 'Loading the log…' : 'The log is empty so far.'}
      </Text>
    );
  }
  return (
    <pre
      ref={log}
      className={classes.log}
      role="log"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < nearTheEnd;
      }}
    >
      {text}
    </pre>
  );
}
