import { templateParts } from '@/lib/template';
import type { OutputField, Prompt } from './prompt';
import { listLiteral, stringLiteral, textLiteral } from './python-literals';

/**
 * The Python script of a prompt: readable, so that it can be edited on. Only the fields of the prompt are replaced in
 * its template; other braces stay what they are.
 */
export function promptScript(prompt: Prompt): string {
  const { fields, output } = prompt;
  const imports = prompt.missing === 'skip' && fields.length > 0 ? 'SkipRecord, chat' : 'chat';
  return [
    ...(fields.length > 0 ? ['import json\nimport re\n\n'] : []),
    `from datapipeline import ${imports}\n\n`,
    ...(prompt.model === '' ? [] : [`MODEL = ${stringLiteral(prompt.model)}\n`]),
    ...(fields.length > 0 ? [`FIELDS = ${listLiteral(fields)}\n`] : []),
    ...(output.kind === 'object' ? [schemaBlock(output.fields)] : []),
    `PROMPT = ${textLiteral(normalized(prompt))}\n`,
    transform(prompt),
    ...(fields.length > 0 ? [fillFunction, textFunction(prompt)] : []),
    ...(fields.some(isPath) ? [valueFunction] : []),
  ].join('');
}

/** The template with every place written without spaces, as the script looks for it. */
function normalized({ template, fields }: Prompt): string {
  return templateParts(template, fields)
    .map((part) => (part.kind === 'text' ? part.text : `{{${part.field}}}`))
    .join('');
}

function transform(prompt: Prompt): string {
  const { output } = prompt;
  const call = [
    prompt.fields.length > 0 ? 'fill(PROMPT, record)' : 'PROMPT',
    ...(prompt.model === '' ? [] : ['model=MODEL']),
    ...(output.kind === 'object' ? ['schema=SCHEMA'] : []),
  ].join(', ');
  const line =
    output.kind === 'text'
      ? `record[${stringLiteral(output.field)}] = chat(${call})`
      : `record.update(chat(${call}))`;
  return `\n\ndef transform(record: dict) -> dict:\n    ${line}\n    return record\n`;
}

const fillFunction = `

def fill(template: str, record: dict) -> str:
    """The template with every {{field}} replaced by the value of the record."""
    places = "|".join(re.escape("{{" + field + "}}") for field in sorted(FIELDS, key=len, reverse=True))
    return re.sub(places, lambda place: text_of(record, place[0][2:-2]), template)
`;

/** Whether a field may lie in an object of the record. */
function isPath(field: string): boolean {
  return field.includes('.');
}

function textFunction({ fields, missing }: Prompt): string {
  const value = fields.some(isPath) ? 'value_of(record, field)' : 'record.get(field)';
  const refusal =
    missing === 'skip'
      ? 'raise SkipRecord(f"the field {field!r} of the prompt is missing")'
      : 'raise ValueError(f"The prompt needs the field {field!r}, which this record does not have.")';
  return `

def text_of(record: dict, field: str) -> str:
    value = ${value}
    if value is None:
        ${refusal}
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
`;
}

const valueFunction = `

def value_of(record: dict, field: str) -> object:
    """The value of a field. Dots lead into objects, unless the record has a field of that very name."""
    if field in record:
        return record[field]
    value: object = record
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
`;

function schemaBlock(fields: OutputField[]): string {
  const properties = fields.map(
    (field) => `        ${stringLiteral(field.name)}: ${propertyLiteral(field)},\n`,
  );
  return [
    'SCHEMA = {\n',
    '    "type": "object",\n',
    '    "properties": {\n',
    ...properties,
    '    },\n',
    `    "required": ${listLiteral(
      fields.map(({ name }) => name),
      '    ',
    )},\n`,
    '    "additionalProperties": False,\n',
    '}\n',
  ].join('');
}

function propertyLiteral({ type, description, choices }: OutputField): string {
  const parts = [`"type": ${stringLiteral(jsonTypes[type])}`];
  if (type === 'list') {
    parts.push('"items": {"type": "string"}');
  }
  if (type === 'choice') {
    parts.push(`"enum": [${choices.map(stringLiteral).join(', ')}]`);
  }
  if (description !== '') {
    parts.push(`"description": ${stringLiteral(description)}`);
  }
  return `{${parts.join(', ')}}`;
}

const jsonTypes = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  list: 'array',
  choice: 'string',
} as const;
