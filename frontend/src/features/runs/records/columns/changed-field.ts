import { type JsonObject, sameJson } from '@/lib/values/exact-json';
import { lastValue, type RecordHistory } from '@/lib/values/record';

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
