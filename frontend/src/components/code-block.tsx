import { useEffect, useRef } from 'react';
import classes from './code-block.module.css';

type CodeBlockProps = {
  source: string;
  label: string;
  litLine?: number | undefined;
  /** The number of the first line, where the source is a part of something. */
  firstLine?: number;
};

/** Source to read, with line numbers; the lit line is brought to its middle. */
export function CodeBlock({ source, label, litLine, firstLine = 1 }: CodeBlockProps) {
  const block = useRef<HTMLElement>(null);
  const lit = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another line or source is another place to scroll to
  useEffect(() => {
    if (block.current !== null && lit.current !== null) {
      block.current.scrollTop = lit.current.offsetTop - block.current.clientHeight / 2;
      block.current.scrollIntoView({ block: 'nearest' });
    }
  }, [litLine, source]);

  return (
    <section ref={block} className={classes.block} aria-label={label} tabIndex={0}>
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
