import { templateParts } from '@/lib/template';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from '@/lib/values/exact-json';
import type { Prompt } from './prompt';

/** A piece of a prompt for one record: text of the template, the value of a field, or a field that the record lacks. */
export type FilledPart = { at: number; text: string; kind: 'text' | 'value' | 'missing' };

/** The prompt for a record, as its script fills it. */
export function filledPrompt({ template, fields }: Prompt, record: JsonObject): FilledPart[] {
  return templateParts(template, fields).map((part): FilledPart => {
    if (part.kind === 'text') {
      return { at: part.from, text: part.text, kind: 'text' };
    }
    const value = fieldValue(record, part.field);
    return value == null
      ? { at: part.from, text: `{{${part.field}}}`, kind: 'missing' }
      : { at: part.from, text: typeof value === 'string' ? value : pythonJson(value), kind: 'value' };
  });
}

/** The fields of a prompt that a record lacks. */
export function missingFields({ fields }: Prompt, record: JsonObject): string[] {
  return fields.filter((field) => fieldValue(record, field) == null);
}

/** The value of a field. Dots lead into objects, unless the record has a field of that very name. */
function fieldValue(record: JsonObject, field: string): JsonValue | undefined {
  return Object.hasOwn(record, field)
    ? record[field]
    : field.split('.').reduce<JsonValue | undefined>(memberOf, record);
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** JSON as `json.dumps` of Python writes it: with a space after each comma and colon. */
function pythonJson(value: JsonValue): string {
  if (value instanceof ExactNumber) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonJson).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
