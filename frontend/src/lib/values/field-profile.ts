import { cellText } from './cell-text';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from './exact-json';

/** What is known of a field from some records, also of one in an object or a list. */
export type FieldProfile = {
  /** Such as `user.address.city`, or `lines[].price` for what stands in a list. */
  path: string;
  types: string[];
  /** In how many of the records it stands. */
  records: number;
  /** The smallest and largest number, or the first and last date; undefined where there are none. */
  range?: { from: string; to: string };
  /** How many different values there are; undefined from so many on that they are no longer counted. */
  distinct: number | undefined;
  /** The first different values. */
  examples: string[];
};

const maxDistinct = 1000;
const maxExamples = 3;
const maxFields = 500;
const maxListItems = 100;
const longestExample = 60;

const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/;

type Collected = {
  types: Set<string>;
  records: Set<number>;
  numbers: { from: number; to: number } | undefined;
  dates: { from: string; to: string } | undefined;
  values: Set<string>;
};

/** Profiles the fields of records, in order of first appearance; at most 500 of them. */
export function profileOf(records: JsonObject[]): FieldProfile[] {
  const fields = new Map<string, Collected>();
  for (const [index, record] of records.entries()) {
    collect(fields, record, '', index);
  }
  return [...fields].map(([path, field]) => ({
    path,
    types: [...field.types],
    records: field.records.size,
    ...rangeOf(field),
    distinct: field.values.size >= maxDistinct ? undefined : field.values.size,
    examples: [...field.values].slice(0, maxExamples),
  }));
}

function collect(fields: Map<string, Collected>, value: JsonValue, path: string, record: number) {
  if (Array.isArray(value)) {
    for (const item of value.slice(0, maxListItems)) {
      visit(fields, item, `${path}[]`, record);
    }
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      visit(fields, item, path === '' ? name : `${path}.${name}`, record);
    }
  }
}

function visit(fields: Map<string, Collected>, value: JsonValue, path: string, record: number) {
  let field = fields.get(path);
  if (field === undefined) {
    if (fields.size >= maxFields) {
      return;
    }
    field = { types: new Set(), records: new Set(), numbers: undefined, dates: undefined, values: new Set() };
    fields.set(path, field);
  }
  field.records.add(record);
  note(field, value);
  collect(fields, value, path, record);
}

function note(field: Collected, value: JsonValue) {
  field.types.add(typeOf(value));
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber)) {
    return;
  }
  if (field.values.size < maxDistinct) {
    field.values.add(cellText(value).slice(0, longestExample));
  }
  if (typeof value === 'number' || value instanceof ExactNumber) {
    const number = typeof value === 'number' ? value : Number(value.text);
    const { from, to } = field.numbers ?? { from: number, to: number };
    field.numbers = { from: Math.min(from, number), to: Math.max(to, number) };
  } else if (typeof value === 'string' && date.test(value)) {
    const { from, to } = field.dates ?? { from: value, to: value };
    field.dates = { from: value < from ? value : from, to: value > to ? value : to };
  }
}

function rangeOf({ types, numbers, dates }: Collected): Pick<FieldProfile, 'range'> {
  if (dates !== undefined && types.has('date') && !types.has('string')) {
    return { range: dates };
  }
  return numbers === undefined ? {} : { range: { from: String(numbers.from), to: String(numbers.to) } };
}

function typeOf(value: JsonValue): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'list';
  }
  if (value instanceof ExactNumber) {
    return /[.eE]/.test(value.text) ? 'number' : 'integer';
  }
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    case 'string':
      return date.test(value) ? 'date' : 'string';
    case 'boolean':
      return 'boolean';
    default:
      return 'object';
  }
}
