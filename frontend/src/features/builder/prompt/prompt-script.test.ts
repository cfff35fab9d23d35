import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/values/exact-json';
import { filledPrompt, missingFields } from './filled-prompt';
import { newOutputField, newPrompt, type Prompt, type PromptOutput, withTemplate } from './prompt';
import { promptScript } from './prompt-script';
import { readPromptScript } from './read-prompt-script';

/** A stand-in for the module of the sandbox: the answer repeats the question. */
const datapipeline = `
class SkipRecord(Exception):
    pass

def chat(prompt, model=None, schema=None, **options):
    asked = {"prompt": prompt, "model": model, "schema": schema}
    return {"asked": asked} if schema else asked
`;

const driver = `
import importlib.util, json, sys
cases = json.load(open(sys.argv[1], encoding="utf-8"))
results = []
for case in cases:
    module = {}
    exec(compile(case["script"], "prompt.py", "exec"), module)
    try:
        results.append({"value": module["transform"](case["record"])})
    except Exception as error:
        results.append({"error": f"{type(error).__name__}: {error}"})
sys.stdout.buffer.write(json.dumps(results).encode())
`;

type Result = { value?: Record<string, unknown>; error?: string };

/** What Python makes of scripts and records. */
function run(cases: { prompt: Prompt; record: Record<string, unknown> }[]): Result[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'prompt-'));
  const input = path.join(folder, 'cases.json');
  writeFileSync(path.join(folder, 'datapipeline.py'), datapipeline);
  writeFileSync(path.join(folder, 'driver.py'), driver);
  writeFileSync(
    input,
    JSON.stringify(cases.map(({ prompt, record }) => ({ script: promptScript(prompt), record }))),
  );
  return JSON.parse(execFileSync('python3', [path.join(folder, 'driver.py'), input], { encoding: 'utf8' }));
}

function aPrompt(template: string, fields: string[], changes: Partial<Prompt> = {}): Prompt {
  return withTemplate({ ...newPrompt(), ...changes }, template, fields);
}

/** The prompt as the page shows it. */
function shown(prompt: Prompt, record: JsonObject): string {
  return filledPrompt(prompt, record)
    .map(({ text }) => text)
    .join('');
}

const strange = [
  'plain',
  'two words',
  '"quoted"',
  "it's",
  '"""',
  'a"""b""""c',
  'back\\slash',
  '\\',
  '\\n',
  '{x}',
  'a}b',
  'a}}b',
  '{{',
  '%s %(x)d',
  '$HOME',
  '#',
  'line\nbreak',
  'tab\there',
  'carriage\rreturn',
  'nul\u0000',
  'Größe',
  '東京',
  '😀',
  'a\u2028b',
  '\u202eright to left',
  '__proto__',
  '1',
  '$' + '{record}',
  "''' + exit() + '''",
  '.*',
];

test('every field name and every text comes out of the script as it went in', () => {
  const cases = strange.flatMap((name) =>
    strange.map((text) => ({
      text,
      name,
      prompt: aPrompt(`${text}\n{{${name}}}${text}`, [name], {
        model: text,
        output: { kind: 'text', field: name },
      }),
      record: { [name]: `value {{${name}}} of ${text}` },
    })),
  );

  const results = run(cases);

  cases.forEach(({ text, name, record }, at) => {
    const prompt = `${text}\n${record[name]}${text}`;
    expect(results[at]).toEqual({ value: { ...record, [name]: { prompt, model: text, schema: null } } });
  });
});

test('every script is read back as the prompt it was written from', () => {
  const outputs: PromptOutput[] = [
    { kind: 'text', field: 'answer' },
    {
      kind: 'object',
      fields: [
        newOutputField('2'),
        newOutputField('1'),
        { ...newOutputField('is "right"'), type: 'boolean', description: 'true }, if\n"""so"""' },
        { ...newOutputField('kind'), type: 'choice', choices: ['a', 'b, c', '"'] },
        { ...newOutputField('tags'), type: 'list' },
      ],
    },
  ];
  for (const text of [
    ...strange,
    '',
    'MODEL = "x"\nPROMPT = ""\n\n\ndef transform(record):\n    record["x"] = chat(',
  ]) {
    for (const output of outputs) {
      for (const missing of ['fail', 'skip'] as const) {
        const prompt = aPrompt(`${text}\n{{a}} and {{${text}}}`, ['a', text], {
          output,
          missing,
          model: text,
        });

        expect(readPromptScript(promptScript(prompt)), promptScript(prompt)).toEqual(prompt);
      }
    }
  }
});

test('an edited script is no prompt any more', () => {
  const script = promptScript(aPrompt('Say {{a}}', ['a']));

  expect(readPromptScript(script.replace('return record', 'return dict(record)'))).toBeUndefined();
  expect(readPromptScript(`${script}\n# a note\n`)).toBeUndefined();
  expect(readPromptScript('def transform(record):\n    return record\n')).toBeUndefined();
});

test('a record without a field of the prompt fails or is skipped, as chosen', () => {
  const fails = aPrompt('Say {{a}}', ['a']);
  const skips = { ...fails, missing: 'skip' as const };

  const results = run([
    { prompt: fails, record: { b: 1 } },
    { prompt: fails, record: { a: null } },
    { prompt: skips, record: {} },
    { prompt: fails, record: { a: '' } },
  ]);

  expect(results.map(({ error }) => error)).toEqual([
    "ValueError: The prompt needs the field 'a', which this record does not have.",
    "ValueError: The prompt needs the field 'a', which this record does not have.",
    "SkipRecord: the field 'a' of the prompt is missing",
    undefined,
  ]);
});

test('dots lead into objects, unless a field has that very name', () => {
  const prompt = aPrompt('{{a.b}} {{a.c.d}} {{x.y}}', ['a', 'x.y']);
  const record = { a: { b: 'deep', c: { d: [1] } }, 'x.y': 'flat', x: { y: 'other' } };
  const incomplete = [{ a: 'text' }, { a: { b: null } }, { a: [] }, {}];

  expect(prompt.fields).toEqual(['a.b', 'a.c.d', 'x.y']);
  const [whole, ...others] = run([record, ...incomplete].map((one) => ({ prompt, record: one })));

  expect(whole?.value?.answer).toMatchObject({ prompt: 'deep [1] flat' });
  expect(others.map(({ error }) => error)).toEqual(
    incomplete.map(() => "ValueError: The prompt needs the field 'a.b', which this record does not have."),
  );
  expect(shown(prompt, record)).toBe('deep [1] flat');
  expect(missingFields(prompt, { a: { c: {} }, 'x.y': 1 })).toEqual(['a.b', 'a.c.d']);
  expect(readPromptScript(promptScript(prompt))).toEqual(prompt);
});

test('values that are no text are written as JSON, and only places of fields are replaced', () => {
  const prompt = aPrompt('{"n": {{n}}, "list": {{ list }}, "x": {{"y": 1}}} {{n}}', ['n', 'list']);

  const [result] = run([{ prompt, record: { n: 1.5, list: [true, 'ü'] } }]);

  expect(result?.value?.answer).toMatchObject({
    prompt: '{"n": 1.5, "list": [true, "ü"], "x": {{"y": 1}}} 1.5',
  });
});

test('the fields of an answer become a schema, and are added to the record', () => {
  const prompt = aPrompt('Is {{a}} right?', ['a'], {
    output: {
      kind: 'object',
      fields: [
        { ...newOutputField('is_right'), type: 'boolean' },
        { ...newOutputField('kind'), type: 'choice', choices: ['a', 'b'], description: 'Which "one"' },
        { ...newOutputField('tags'), type: 'list' },
      ],
    },
  });

  const [result] = run([{ prompt, record: { a: 'it' } }]);

  expect(result?.value).toEqual({
    a: 'it',
    asked: {
      prompt: 'Is it right?',
      model: null,
      schema: {
        type: 'object',
        properties: {
          is_right: { type: 'boolean' },
          kind: { type: 'string', enum: ['a', 'b'], description: 'Which "one"' },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['is_right', 'kind', 'tags'],
        additionalProperties: false,
      },
    },
  });
});

test('the script reads like one that a person wrote', () => {
  const prompt = aPrompt(
    'Is {{ capital }} the capital of {{country}}?\nSay "yes" or "no".',
    ['country', 'capital'],
    {
      model: 'small',
    },
  );

  expect(promptScript(prompt)).toBe(`import json
import re

from datapipeline import chat

MODEL = "small"
FIELDS = ["capital", "country"]
PROMPT = """\\
Is {{capital}} the capital of {{country}}?
Say "yes" or "no"."""


def transform(record: dict) -> dict:
    record["answer"] = chat(fill(PROMPT, record), model=MODEL)
    return record


def fill(template: str, record: dict) -> str:
    """The template with every {{field}} replaced by the value of the record."""
    places = "|".join(re.escape("{{" + field + "}}") for field in sorted(FIELDS, key=len, reverse=True))
    return re.sub(places, lambda place: text_of(record, place[0][2:-2]), template)


def text_of(record: dict, field: str) -> str:
    value = record.get(field)
    if value is None:
        raise ValueError(f"The prompt needs the field {field!r}, which this record does not have.")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
`);
  expect(promptScript(aPrompt('Say hello', []))).toBe(`from datapipeline import chat

PROMPT = "Say hello"


def transform(record: dict) -> dict:
    record["answer"] = chat(PROMPT)
    return record
`);
});
