import { beginningOfJson, type JsonValue } from './exact-json';

const maxCellLength = 200;

/** One line of text for a value in a cell: strings bare, the rest as JSON, cut where nobody reads on. */
export function cellText(value: JsonValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string') {
    return value.length > maxCellLength ? `${value.slice(0, maxCellLength)}…` : value;
  }
  const { text, whole } = beginningOfJson(value, maxCellLength);
  return whole ? text : `${text}…`;
}
