import { type JsonObject, sameJson } from '@/lib/exact-json';
import { fieldNames, lastValue, type RecordStory } from '@/lib/record';

const mostColumns = 12;

export type RecordColumns = { shown: string[]; hidden: number };

/** The columns of a table of records: the fields of their last values, as many as a person can take in. */
export function recordColumns(records: RecordStory[]): RecordColumns {
  const names = fieldNames(records.map(lastValue));
  return { shown: names.slice(0, mostColumns), hidden: Math.max(0, names.length - mostColumns) };
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
