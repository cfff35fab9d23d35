import { type OutputField, type Prompt, type PromptOutput, withTemplate } from './prompt';
import { promptScript } from './prompt-script';
import { itemsOfLiteral, parsedJson, textOfLiteral } from './python-literals';

/** The parts of a script as {@link promptScript} writes it, in their order. */
const scriptPattern = new RegExp(
  [
    '^(?:import json\\nimport re\\n\\n)?from datapipeline import (?<imports>.*)\\n\\n',
    '(?:MODEL = (?<model>".*")\\n)?',
    '(?:FIELDS = (?<fields>\\[(?:.*|\\n(?: {4}.*\\n)*)\\])\\n)?',
    '(?:SCHEMA = \\{\\n.*\\n.*\\n(?<properties>(?: {8}.*\\n)*) {4}\\},\\n[^]*?\\n\\}\\n)?',
    'PROMPT = (?<template>"(?:""\\\\\\n[^]*?"""|.*"))\\n\\n\\n',
    'def transform.*\\n {4}record(?:\\[(?<field>".*")\\] = |\\.update\\()chat\\(',
  ].join(''),
);

/**
 * The prompt that a script was written from; undefined for every other script, also for one that was edited. A prompt is
 * not stored with a pipeline: the script is the only truth.
 */
export function readPromptScript(source: string): Prompt | undefined {
  const found = scriptPattern.exec(source)?.groups;
  const template = textOfLiteral(found?.template ?? '');
  const output = found === undefined ? undefined : outputOf(found.field, found.properties);
  if (found === undefined || template === undefined || output === undefined) {
    return undefined;
  }
  const fields = found.fields === undefined ? [] : (itemsOfLiteral(found.fields) ?? []);
  const prompt = withTemplate(
    {
      model: found.model === undefined ? '' : (textOfLiteral(found.model) ?? ''),
      template,
      fields,
      output,
      missing: found.imports === 'chat' ? 'fail' : 'skip',
    },
    template,
    fields,
  );
  return promptScript(prompt) === source ? prompt : undefined;
}

function outputOf(field: string | undefined, properties: string | undefined): PromptOutput | undefined {
  if (field !== undefined) {
    const name = textOfLiteral(field);
    return name === undefined ? undefined : { kind: 'text', field: name };
  }
  // Each property is a line of its own, and an object would move names that are numbers to its beginning.
  const lines = (properties ?? '').split('\n').filter((line) => line !== '');
  const fields = lines.map((line) => outputField(parsedJson(`{${line.replace(/,$/, '')}}`)));
  return fields.some((one) => one === undefined)
    ? undefined
    : { kind: 'object', fields: fields.filter((one) => one !== undefined) };
}

type Property = { type: keyof typeof types; description?: string; enum?: string[] };

const types = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  array: 'list',
} as const;

function outputField(parsed: Record<string, Property> | undefined): OutputField | undefined {
  const [entry] = Object.entries(parsed ?? {});
  if (entry === undefined) {
    return undefined;
  }
  const [name, { type, description = '', enum: choices }] = entry;
  return { name, type: choices === undefined ? types[type] : 'choice', description, choices: choices ?? [] };
}
