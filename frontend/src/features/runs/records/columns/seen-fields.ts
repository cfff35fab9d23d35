import type { RunRecord } from '@/api/types';
import { ExactNumber, type JsonValue } from '@/lib/values/exact-json';
import { lastValue } from '@/lib/values/record';
import { isChanged } from './changed-field';

/** What the records that were shown so far say about the fields of a run. */
export type SeenFields = {
  /** In order of first appearance. */
  names: readonly string[];
  /** Fields that scripts have added or changed. */
  outputs: ReadonlySet<string>;
  /** Fields that hold something else than numbers. */
  texts: ReadonlySet<string>;
  /** Whether a record has failed or was skipped, so that there is a reason to show. */
  hasReasons: boolean;
};

export const nothingSeen: SeenFields = {
  names: [],
  outputs: new Set(),
  texts: new Set(),
  hasReasons: false,
};

/** What is known after some more records; the same object when they bring nothing new. */
export function withRecords(seen: SeenFields, records: readonly RunRecord[]): SeenFields {
  const names = new Set(seen.names);
  const outputs = new Set(seen.outputs);
  const texts = new Set(seen.texts);
  for (const record of records) {
    for (const [name, value] of Object.entries(lastValue(record))) {
      names.add(name);
      if (!texts.has(name) && !isNumberOrNothing(value)) {
        texts.add(name);
      }
      if (record.stages.length > 0 && !outputs.has(name) && isChanged(record, name)) {
        outputs.add(name);
      }
    }
  }
  const hasReasons =
    seen.hasReasons || records.some(({ error, skipped }) => error != null || skipped != null);
  const isNew =
    names.size > seen.names.length ||
    outputs.size > seen.outputs.size ||
    texts.size > seen.texts.size ||
    hasReasons !== seen.hasReasons;
  return isNew ? { names: [...names], outputs, texts, hasReasons } : seen;
}

/** The fields in the order in which people look for them: what the scripts made, then what they were given. */
export function orderedNames({ names, outputs }: SeenFields): string[] {
  return [...names.filter((name) => outputs.has(name)), ...names.filter((name) => !outputs.has(name))];
}

function isNumberOrNothing(value: JsonValue): boolean {
  return value === null || typeof value === 'number' || value instanceof ExactNumber;
}
