export type TextLine = { text: string; offset: number };

/** In columns; letters of East Asian scripts take two. */
const maxColumns = 88;
const firstWideLetter = 0x1100;

/**
 * A text in lines of limited width, so that only those in sight are laid out: a browser needs minutes for a megabyte of
 * mixed scripts in one piece.
 */
export function textLines(text: string, width = maxColumns): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  let columns = 0;
  for (let at = 0; at < text.length; ) {
    const letter = text.codePointAt(at) ?? 0;
    const after = at + (letter > 0xffff ? 2 : 1);
    if (letter === 0x0a) {
      lines.push({ text: text.slice(start, at), offset: start });
      start = after;
      columns = 0;
    } else {
      columns += letter >= firstWideLetter ? 2 : 1;
      if (columns > width) {
        lines.push({ text: text.slice(start, at), offset: start });
        start = at;
        columns = letter >= firstWideLetter ? 2 : 1;
      }
    }
    at = after;
  }
  lines.push({ text: text.slice(start), offset: start });
  return lines;
}
