/**
 * JSON without loss of digits. A record may hold `1.10` or an integer of forty digits, which JSON.parse would change.
 */

/** A number that a JavaScript number would not write back with the same digits. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return rawJson?.(this.text);
  }
}

/** Makes JSON.stringify write the exact text of a number; undefined in browsers that lack it. */
const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON;

export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | ExactNumber | JsonValue[] | JsonObject;

type SourceReviver = (key: string, value: JsonValue, context?: { source?: string }) => JsonValue;

const keepExactNumbers: SourceReviver = (_key, value, context) => {
  if (typeof value !== 'number' || context?.source === undefined) {
    return value;
  }
  return String(value) === context.source ? value : new ExactNumber(context.source);
};

/**
 * Matches text in which JSON.parse might change a number: sixteen digits or more, a zero at the end of a fraction, an
 * exponent, minus zero. Checking every number takes ten times as long as parsing, so it is only done when this matches.
 */
const mayHoldExactNumbers = /\d{16}|\.\d*0(?!\d)|\d[eE]|-0(?![.\d])/;

/** Parses JSON text; numbers that would change become {@link ExactNumber}. Throws SyntaxError. */
export function parseExact(text: string): JsonValue {
  return parse(text, mayHoldExactNumbers.test(text));
}

/** Parsing this many characters takes the browser a few milliseconds. */
const largeText = 500_000;

/** Like {@link parseExact}, but lets the browser handle events while it parses a large text. */
export async function parseExactInTurns(text: string): Promise<JsonValue> {
  if (text.length < largeText) {
    return parseExact(text);
  }
  await nextTask();
  const exact = mayHoldExactNumbers.test(text);
  await nextTask();
  return parse(text, exact);
}

function parse(text: string, exact: boolean): JsonValue {
  if (!exact) {
    return JSON.parse(text) as JsonValue;
  }
  return (JSON.parse as (text: string, reviver: SourceReviver) => JsonValue)(text, keepExactNumbers);
}

/** Waits for the next task, so that the browser can handle events in between. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * The JSON text of a value with its exact numbers; `indent` spaces per level, 0 for one line. JSON.rawJSON makes this
 * much faster for megabytes.
 */
export function stringifyExact(value: JsonValue, indent = 0): string {
  if (rawJson !== undefined) {
    return JSON.stringify(value, null, indent);
  }
  return [...pieces(value, indent, '\n')].join('');
}

/** The first `length` characters of the JSON text of a value, without writing the rest. */
export function beginningOfJson(
  value: JsonValue,
  length: number,
  indent = 0,
): { text: string; whole: boolean } {
  let text = '';
  for (const piece of pieces(value, indent, '\n')) {
    text += piece;
    if (text.length > length) {
      return { text: text.slice(0, length), whole: false };
    }
  }
  return { text, whole: true };
}

function* pieces(value: JsonValue, indent: number, lineStart: string): Generator<string> {
  if (value instanceof ExactNumber) {
    yield value.text;
  } else if (value === null || typeof value !== 'object') {
    yield JSON.stringify(value);
  } else if (Array.isArray(value)) {
    yield* enclosed(value, '[]', indent, lineStart, (item, start) => pieces(item, indent, start));
  } else {
    yield* enclosed(Object.entries(value), '{}', indent, lineStart, ([key, item], start) =>
      member(key, item, indent, start),
    );
  }
}

function* member(key: string, value: JsonValue, indent: number, lineStart: string): Generator<string> {
  yield `${JSON.stringify(key)}:${indent > 0 ? ' ' : ''}`;
  yield* pieces(value, indent, lineStart);
}

function* enclosed<Part>(
  parts: Part[],
  brackets: '[]' | '{}',
  indent: number,
  lineStart: string,
  write: (part: Part, lineStart: string) => Generator<string>,
): Generator<string> {
  const inner = indent > 0 ? lineStart + ' '.repeat(indent) : '';
  let before = inner;
  yield brackets.charAt(0);
  for (const part of parts) {
    yield before;
    yield* write(part, inner);
    before = `,${inner}`;
  }
  yield parts.length > 0 && indent > 0 ? lineStart + brackets.charAt(1) : brackets.charAt(1);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** Whether two values are the same JSON, regardless of the order of keys. */
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
