import { useEffect, useRef } from 'react';
import classes from './code-block.module.css';

type CodeBlockProps = {
  source: string;
  label: string;
  litLine?: number | undefined;
  /** The number of the first line, where the source is a part of something. */
  firstLine?: number;
};

/** Source to read, with line numbers; the lit line is scrolled into sight. */
export function CodeBlock({ source, label, litLine, firstLine = 1 }: CodeBlockProps) {
  const lit = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another line or source is another place to scroll to
  useEffect(() => {
    lit.current?.scrollIntoView({ block: 'nearest' });
  }, [litLine, source]);

  return (
    <section className={classes.block} aria-label={label} tabIndex={0}>
      {source.split('\n').map((text, at) => {
        const line = at + firstLine;
        const isLit = line === litLine;
        return (
          <div
            key={line}
            ref={isLit ? lit : undefined}
            className={classes.line}
            data-lit={isLit || undefined}
          >
            <span className={classes.number} aria-hidden="true">
              {line}
            </span>
            <code className={classes.text}>{text}</code>
          </div>
        );
      })}
    </section>
  );
}
