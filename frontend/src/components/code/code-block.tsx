import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import classes from './code-block.module.css';
import type { CodeToken } from './python-tokens';

type CodeBlockProps = {
  source: string;
  label: string;
  highlightedLine?: number | undefined;
  /** The number of the first line, when the source is an excerpt. */
  firstLine?: number;
  language?: 'python' | 'text';
  /** `editor` gives the block the height of the editor that it stands in for. */
  height?: 'text' | 'editor';
};

/** Read-only source with line numbers; the highlighted line is scrolled to the middle. */
export function CodeBlock({
  source,
  label,
  highlightedLine,
  firstLine = 1,
  language = 'python',
  height = 'text',
}: CodeBlockProps) {
  const block = useRef<HTMLElement>(null);
  const highlighted = useRef<HTMLDivElement>(null);
  const lines = useLines(source, language);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls again when the line or the source changes
  useEffect(() => {
    if (block.current !== null && highlighted.current !== null) {
      block.current.scrollTop = highlighted.current.offsetTop - block.current.clientHeight / 2;
      block.current.scrollIntoView({ block: 'nearest' });
    }
  }, [highlightedLine, source]);

  return (
    <section ref={block} className={classes.block} data-height={height} aria-label={label} tabIndex={0}>
      {lines.map((tokens, at) => {
        const line = at + firstLine;
        const isHighlighted = line === highlightedLine;
        return (
          <div
            key={line}
            ref={isHighlighted ? highlighted : undefined}
            className={classes.line}
            data-highlighted={isHighlighted || undefined}
          >
            <span className={classes.number} aria-hidden="true">
              {line}
            </span>
            <code className={classes.text}>
              {tokens.map(({ text, kind }, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: tokens are identified by their position
                <span key={position} data-kind={kind || undefined}>
                  {text}
                </span>
              ))}
            </code>
          </div>
        );
      })}
    </section>
  );
}

/** The lines of the source, without colours until the parser is loaded. */
function useLines(source: string, language: 'python' | 'text'): CodeToken[][] {
  const { data } = useQuery({
    queryKey: ['python-pieces', source],
    queryFn: async () => (await import('./python-tokens')).pythonTokens(source),
    enabled: language === 'python',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? source.split('\n').map((text) => [{ text, kind: '' }]);
}
