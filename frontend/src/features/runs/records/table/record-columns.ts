import { ExactNumber, type JsonObject, type JsonValue, sameJson } from '@/lib/values/exact-json';
import { fieldNames, lastValue, type RecordHistory } from '@/lib/values/record';

const maxColumns = 12;

/** `numeric` columns contain only numbers, which are aligned to the right. */
export type RecordColumns = { shown: string[]; hidden: number; numeric: ReadonlySet<string> };

/** The columns of a table of records: the fields of their last values, up to a maximum. */
export function recordColumns(records: RecordHistory[]): RecordColumns {
  const values = records.map(lastValue);
  const names = fieldNames(values);
  const shown = names.slice(0, maxColumns);
  return {
    shown,
    hidden: names.length - shown.length,
    numeric: new Set(shown.filter((field) => values.every((value) => isNumberOrNothing(value[field])))),
  };
}

function isNumberOrNothing(value: JsonValue | undefined): boolean {
  return value == null || typeof value === 'number' || value instanceof ExactNumber;
}

/** Whether a field of the last value differs from the raw record. */
export function isChanged(record: RecordHistory, field: string): boolean {
  const value: JsonObject = lastValue(record);
  const after = value[field];
  const before = record.raw[field];
  if (after === undefined || before === undefined) {
    return after !== before;
  }
  return !sameJson(before, after);
}
