import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';

/** A piece of a line; `kind` is what it is called in the styles, empty for the ordinary. */
export type CodeToken = { text: string; kind: string };

const kinds = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], class: 'keyword' },
  { tag: tags.string, class: 'string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className], class: 'name' },
]);

/** The lines of a Python source in coloured pieces. */
export function pythonTokens(source: string): CodeToken[][] {
  const lines: CodeToken[][] = [[]];
  highlightCode(
    source,
    parser.parse(source),
    kinds,
    (text, kind) => lines.at(-1)?.push({ text, kind }),
    () => lines.push([]),
  );
  return lines;
}
