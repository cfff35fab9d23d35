import { NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useId } from 'react';
import { CodeBlock } from '@/components/code/code-block';
import { OutputEditor } from './output-editor';
import { type Prompt, withTemplate } from './prompt';
import { PromptPreview } from './prompt-preview';
import type { StepInput } from './step-inputs';

/** In the chunk of the code editor, which the Python below needs as well. */
const TemplateEditor = lazy(async () => ({
  default: (await import('@/components/code/code-editor')).TemplateEditor,
}));

/** What the records of a step have, and what it may call. */
export type PromptContext = {
  inputs: StepInput[];
  fields: string[];
  /** The models that may be named; empty when any may. */
  models: string[];
  /** The model that counts when the prompt names none. */
  defaultModel: string | undefined;
};

type PromptEditorProps = {
  step: string;
  prompt: Prompt;
  context: PromptContext;
  onChange: (prompt: Prompt) => void;
};

/** The form of a prompt step: what to ask, of which model, and where the answer goes. */
export function PromptEditor({ step, prompt, context, onChange }: PromptEditorProps) {
  const { fields, inputs } = context;
  const unknown = prompt.fields.filter(
    (field) => !fields.includes(field) && !fields.includes(field.split('.')[0] ?? ''),
  );
  return (
    <Stack gap="sm" pt={4} pb={8}>
      <div>
        <Suspense
          fallback={<CodeBlock source={prompt.template} label="Prompt" language="text" height="editor" />}
        >
          <TemplateEditor
            label={`Prompt of ${step}`}
            template={prompt.template}
            fields={fields}
            onChange={(template) => onChange(withTemplate(prompt, template, fields))}
          />
        </Suspense>
        {prompt.template.trim() === '' && (
          <Text size="xs" className="quiet" mt={4}>
            Ask about one record; write <span className="mono">{'{{field}}'}</span> where its value goes, and{' '}
            <span className="mono">{'{{field.name}}'}</span> for what lies in an object. For example: Is{' '}
            {'{{capital}}'} the capital of {'{{country}}'}?
          </Text>
        )}
        {fields.length > 0 && unknown.length > 0 && (
          <Text size="xs" c="var(--state-failed)" mt={4} role="status">
            {unknown.join(', ')}: no field of this name is known. If an earlier step adds it, try the pipeline
            once.
          </Text>
        )}
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ModelField prompt={prompt} context={context} onChange={onChange} />
        <NativeSelect
          label="Records without one of the fields"
          value={prompt.missing}
          onChange={(event) =>
            onChange({ ...prompt, missing: event.currentTarget.value === 'skip' ? 'skip' : 'fail' })
          }
          data={[
            { value: 'fail', label: 'Fail, with the reason' },
            { value: 'skip', label: 'Are skipped, with the reason' },
          ]}
        />
      </SimpleGrid>
      <OutputEditor output={prompt.output} onChange={(output) => onChange({ ...prompt, output })} />
      <PromptPreview prompt={prompt} inputs={inputs} />
    </Stack>
  );
}

type ModelFieldProps = Omit<PromptEditorProps, 'step'>;

function ModelField({ prompt, context: { models, defaultModel }, onChange }: ModelFieldProps) {
  const list = useId();
  return (
    <>
      <TextInput
        label="Model"
        classNames={{ input: 'mono' }}
        placeholder={defaultModel ?? 'Name of a model'}
        list={list}
        value={prompt.model}
        error={prompt.model === '' && defaultModel === undefined && 'Name the model to ask.'}
        onChange={(event) => onChange({ ...prompt, model: event.currentTarget.value.trim() })}
      />
      <datalist id={list}>
        {models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}
