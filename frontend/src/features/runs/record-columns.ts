import { type JsonObject, type JsonValue, sameJson, stringifyExact } from '@/lib/exact-json';
import { fieldNames, lastValue, type RecordStory } from '@/lib/record';

const mostColumns = 12;
const longestCell = 200;

export type RecordColumns = { shown: string[]; hidden: number };

/** The columns of a table of records: the fields of their last values, as many as a person can take in. */
export function recordColumns(records: RecordStory[]): RecordColumns {
  const names = fieldNames(records.map(lastValue));
  return { shown: names.slice(0, mostColumns), hidden: Math.max(0, names.length - mostColumns) };
}

/** One line of text for a value in a cell: strings bare, the rest as JSON, cut where nobody reads on. */
export function cellText(value: JsonValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  const text = typeof value === 'string' ? value : stringifyExact(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}

/** Whether a field of the last value is not what it was in the raw record. */
export function isChanged(record: RecordStory, field: string): boolean {
  const value: JsonObject = lastValue(record);
  const after = value[field];
  const before = record.raw[field];
  if (after === undefined || before === undefined) {
    return after !== before;
  }
  return !sameJson(before, after);
}
