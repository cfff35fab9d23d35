import { templateParts } from '@/lib/template';

/** A step that asks a model about each record: what the form of the builder holds, and what Python is written from. */
export type Prompt = {
  /** Empty for the model of the run. */
  model: string;
  /** Text with `{{field}}` where a value of the record goes. */
  template: string;
  /** The fields that the template names, in the order of their first place. */
  fields: string[];
  output: PromptOutput;
  /** What becomes of a record that lacks one of the fields. */
  missing: 'fail' | 'skip';
};

/** The answer as text in one field, or an object whose fields are added to the record. */
export type PromptOutput = { kind: 'text'; field: string } | { kind: 'object'; fields: OutputField[] };

export type OutputType = 'string' | 'number' | 'integer' | 'boolean' | 'list' | 'choice';

export type OutputField = {
  name: string;
  type: OutputType;
  /** Tells the model what belongs there; may be empty. */
  description: string;
  /** The values to choose from; for `choice` only. */
  choices: string[];
};

export function newPrompt(model = ''): Prompt {
  return {
    model,
    template: '',
    fields: [],
    output: { kind: 'text', field: 'answer' },
    missing: 'fail',
  };
}

export function newOutputField(name = ''): OutputField {
  return { name, type: 'string', description: '', choices: [] };
}

/** The prompt with another template. */
export function withTemplate(prompt: Prompt, template: string, knownFields: readonly string[]): Prompt {
  const fields = templateParts(template, knownFields).flatMap((part) =>
    part.kind === 'field' ? [part.field] : [],
  );
  return { ...prompt, template, fields: [...new Set(fields)] };
}

/** The fields that a prompt adds to a record. */
export function outputNames({ output }: Prompt): string[] {
  const names = output.kind === 'text' ? [output.field] : output.fields.map(({ name }) => name);
  return names.filter((name) => name !== '');
}

/** What is still missing in a prompt; empty when a script can be made of it. */
export function promptProblems(prompt: Prompt): string[] {
  const problems: string[] = [];
  if (prompt.template.trim() === '') {
    problems.push('Write what to ask the model.');
  }
  if (prompt.output.kind === 'text') {
    return prompt.output.field === '' ? [...problems, 'Name the field for the answer.'] : problems;
  }
  const { fields } = prompt.output;
  if (fields.length === 0) {
    problems.push('Add a field for the answer.');
  }
  if (fields.some(({ name }) => name === '')) {
    problems.push('Name every field of the answer.');
  }
  const names = fields.map(({ name }) => name).filter((name) => name !== '');
  if (new Set(names).size < names.length) {
    problems.push('Two fields of the answer have the same name.');
  }
  if (fields.some(({ type, choices }) => type === 'choice' && choices.length === 0)) {
    problems.push('List the values to choose from.');
  }
  return problems;
}
