/** Templates with `{{field}}` where a value of a record goes. */

/** A piece of a template: text, or a place for the value of a field. */
export type TemplatePart = { from: number; to: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'field'; field: string }
);

/** Names that are not known are recognized if they contain no braces, quotes or line breaks, so that JSON is not. */
const anyPlace = /\{\{([^{}"\n\r]*[^{}"\s][^{}"\n\r]*)\}\}/y;

/**
 * Divides a template at its `{{field}}` places. A known field is found whatever its name contains; of several the
 * longest counts. Spaces inside of the braces are ignored unless they belong to the name of a known field.
 */
export function templateParts(template: string, knownFields: readonly string[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let textFrom = 0;
  let at = template.indexOf('{{');
  while (at >= 0) {
    const place = placeAt(template, at, knownFields);
    if (place === undefined) {
      at = template.indexOf('{{', at + 1);
      continue;
    }
    if (at > textFrom) {
      parts.push({ kind: 'text', text: template.slice(textFrom, at), from: textFrom, to: at });
    }
    parts.push({ kind: 'field', field: place.field, from: at, to: place.to });
    textFrom = place.to;
    at = template.indexOf('{{', textFrom);
  }
  if (textFrom < template.length) {
    parts.push({ kind: 'text', text: template.slice(textFrom), from: textFrom, to: template.length });
  }
  return parts;
}

function placeAt(template: string, at: number, knownFields: readonly string[]) {
  const known = knownFields
    .filter((field) => template.startsWith(`{{${field}}}`, at))
    .reduce<string | undefined>(
      (best, field) => (field.length > (best?.length ?? -1) ? field : best),
      undefined,
    );
  if (known !== undefined) {
    return { field: known, to: at + known.length + 4 };
  }
  anyPlace.lastIndex = at;
  const found = anyPlace.exec(template);
  return found === null ? undefined : { field: found[1]?.trim() ?? '', to: anyPlace.lastIndex };
}
