/**
 * JSON without loss. A record may hold `1.10` or an integer of forty digits; a plain `JSON.parse` would turn both
 * into something else before anybody has seen them.
 */

/** A number whose text a JavaScript number would not give back. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | ExactNumber | JsonValue[] | JsonObject;

type SourceReviver = (key: string, value: JsonValue, context?: { source?: string }) => JsonValue;

const keepExactNumbers: SourceReviver = (_key, value, context) => {
  if (typeof value !== 'number' || context?.source === undefined) {
    return value;
  }
  return String(value) === context.source ? value : new ExactNumber(context.source);
};

/** Parses JSON text; numbers that would change become {@link ExactNumber}. Throws SyntaxError. */
export function parseExact(text: string): JsonValue {
  return (JSON.parse as (text: string, reviver: SourceReviver) => JsonValue)(text, keepExactNumbers);
}

/** The JSON text of a value, exact numbers as they were; `indent` spaces per level, 0 for one line. */
export function stringifyExact(value: JsonValue, indent = 0): string {
  return write(value, indent, '\n');
}

function write(value: JsonValue, indent: number, lineStart: string): string {
  if (value instanceof ExactNumber) {
    return value.text;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  const parts = Array.isArray(value)
    ? value.map((item) => write(item, indent, innerStart(lineStart, indent)))
    : Object.entries(value).map(
        ([key, item]) =>
          `${JSON.stringify(key)}:${indent > 0 ? ' ' : ''}${write(item, indent, innerStart(lineStart, indent))}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0 || indent === 0) {
    return open + parts.join(',') + close;
  }
  const inner = innerStart(lineStart, indent);
  return open + inner + parts.join(`,${inner}`) + lineStart + close;
}

function innerStart(lineStart: string, indent: number): string {
  return lineStart + ' '.repeat(indent);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** Whether two values have the same JSON, key order aside. */
export function sameJson(left: JsonValue, right: JsonValue): boolean {
  if (left === right) {
    return true;
  }
  if (left instanceof ExactNumber || right instanceof ExactNumber) {
    return left instanceof ExactNumber && right instanceof ExactNumber && left.text === right.text;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => sameJson(item, right[at] as JsonValue));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every(
        (key) => Object.hasOwn(right, key) && sameJson(left[key] as JsonValue, right[key] as JsonValue),
      )
    );
  }
  return false;
}
