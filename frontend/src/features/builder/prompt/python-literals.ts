/** Texts as literals of Python. All escapes are valid in JSON too, so that JSON.parse reads them back. */

/** Characters that hide or reorder what stands around them, and those that end a line for some editors. */
const hidden = /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escapedHidden(text: string): string {
  return text.replace(hidden, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `"a \"quoted\" text\n"`: JSON's string literals are Python's too. */
export function stringLiteral(text: string): string {
  return escapedHidden(JSON.stringify(text));
}

/** The longest line of a list; longer lists have one item per line. */
const longestLine = 88;

/** `["country", "capital"]`. */
export function listLiteral(items: string[], indent = ''): string {
  const literals = items.map(stringLiteral);
  const line = `[${literals.join(', ')}]`;
  return indent.length + line.length <= longestLine
    ? line
    : `[\n${literals.map((literal) => `${indent}    ${literal},\n`).join('')}${indent}]`;
}

/** The backslash joins the line with the next one, so that the text begins at the left edge. */
const tripleQuote = '"""\\\n';

/** A text of several lines as a triple-quoted literal that shows them; others as {@link stringLiteral}. */
export function textLiteral(text: string): string {
  if (!text.includes('\n')) {
    return stringLiteral(text);
  }
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    // Line breaks, tabs and quotes need no escape here, except for quotes that would end the literal.
    .replace(/\\(.)/g, (whole, character: string) => ({ n: '\n', t: '\t', '"': '"' })[character] ?? whole)
    .replace(/"{3,}|"$/g, (quotes) => quotes.replaceAll('"', '\\"'));
  return `${tripleQuote}${escapedHidden(escaped)}"""`;
}

/** The text of a literal that this module has written; undefined for anything else. */
export function textOfLiteral(literal: string): string | undefined {
  return parsedJson(
    literal.startsWith(tripleQuote) ? `"${jsonText(literal.slice(tripleQuote.length, -3))}"` : literal,
  );
}

/** The items of a literal of {@link listLiteral}. */
export function itemsOfLiteral(literal: string): string[] | undefined {
  return parsedJson(literal.replace(/,\n\s*\]$/, ']'));
}

export function parsedJson<Value>(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** The inside of a triple-quoted literal, with the escapes that JSON needs. */
function jsonText(inside: string): string {
  return inside
    .replace(/\\.|"/g, (found) => (found === '"' ? '\\"' : found))
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
}
