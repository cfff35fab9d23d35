import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';

/** A token of a line; `kind` is its class in the styles, empty for plain text. */
export type CodeToken = { text: string; kind: string };

const kinds = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], class: 'keyword' },
  { tag: tags.string, class: 'string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className], class: 'name' },
]);

/** The lines of a Python source as tokens. */
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
