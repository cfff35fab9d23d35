import { beginningOfJson, type JsonValue } from './exact-json';

const maxCellLength = 200;

/** A value as one line of text: strings without quotes, other values as JSON, truncated. */
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
