/** What changed between two values of a record, field by field. */
import { isJsonObject, type JsonObject, type JsonValue, sameJson } from './exact-json';

export type Change =
  | { kind: 'added'; path: string; after: JsonValue }
  | { kind: 'removed'; path: string; before: JsonValue }
  | { kind: 'changed'; path: string; before: JsonValue; after: JsonValue }
  | { kind: 'same'; path: string; after: JsonValue };

const maxDepth = 4;

/**
 * The changes in the order of the fields of `after`, then the removed fields. Nested objects are compared field by
 * field.
 */
export function difference(before: JsonObject, after: JsonObject): Change[] {
  return differenceAt(before, after, '', 1);
}

function differenceAt(before: JsonObject, after: JsonObject, parent: string, level: number): Change[] {
  const changes = Object.entries(after).flatMap(([key, value]) =>
    Object.hasOwn(before, key)
      ? fieldChange(before[key] as JsonValue, value, joined(parent, key), level)
      : [{ kind: 'added' as const, path: joined(parent, key), after: value }],
  );
  const removed = Object.entries(before)
    .filter(([key]) => !Object.hasOwn(after, key))
    .map(([key, value]) => ({ kind: 'removed' as const, path: joined(parent, key), before: value }));
  return [...changes, ...removed];
}

function fieldChange(before: JsonValue, after: JsonValue, path: string, level: number): Change[] {
  if (sameJson(before, after)) {
    return [{ kind: 'same', path, after }];
  }
  if (isJsonObject(before) && isJsonObject(after) && level < maxDepth) {
    return differenceAt(before, after, path, level + 1);
  }
  return [{ kind: 'changed', path, before, after }];
}

function joined(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`;
}
