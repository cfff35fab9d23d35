import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import type { ModelOptions, Upstreams } from '@/api/types';
import { Icon } from '@/components/icon';
import type { OpenScript } from '../draft/deep-link';
import { type Draft, newStep, type StepDraft, scriptTemplate } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { ModelCallsSection } from '../models/model-calls-section';
import { PackagesSection } from '../packages/packages-section';
import type { DraftEnvironment } from '../packages/use-draft-environment';
import { newPrompt } from '../prompt/prompt';
import { promptScript } from '../prompt/prompt-script';
import { usePromptContext } from '../prompt/use-prompt-context';
import type { TrialFailures } from '../trial/trial-failures';
import type { FinishedTrial } from '../trial/use-trial';
import { SavePipeline } from './save-pipeline';
import { StepCard } from './step-card';
import type { ScriptChecks } from './use-script-checks';

type StepsPanelProps = {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  checks: ScriptChecks;
  openScript: OpenScript | undefined;
  onOpenScript: (place: OpenScript | undefined) => void;
  upstreams: Upstreams;
  llm: ModelOptions | undefined;
  packages: DraftEnvironment;
  /** The last trial, once it is finished. */
  trial: FinishedTrial | undefined;
  /** What failed in it, as long as nothing has changed since. */
  failures: TrialFailures;
  refusalAt: (pointer: string) => string | undefined;
};

/** Each call of a model takes a while, so that records are better asked about side by side. */
const promptConcurrency = 8;

export function StepsPanel(props: StepsPanelProps) {
  const { draft, dispatch, checks, openScript, onOpenScript, upstreams } = props;
  const promptContext = usePromptContext(draft, upstreams.items, props.trial);
  const [removed, setRemoved] = useState<{ step: StepDraft; at: number } | undefined>();

  function addStep() {
    const step = newStep(draft.steps, { main: { name: 'main.py', source: scriptTemplate } });
    dispatch({ type: 'step added', step });
    onOpenScript({ stepKey: step.key, stage: 'main' });
  }

  /** The step that a new draft begins with is replaced as long as nothing is written in it. */
  function addPromptStep() {
    const { models, defaultModel } = promptContext(draft.steps.length);
    const prompt = newPrompt(defaultModel === undefined ? models[0] : undefined);
    const [only] = draft.steps;
    const step = newStep(draft.steps, { main: { name: 'prompt.py', source: promptScript(prompt) } }, 'ask');
    if (only !== undefined && draft.steps.length === 1 && isUntouched(only)) {
      dispatch({ type: 'step removed', key: only.key });
    }
    dispatch({ type: 'step added', step: { ...step, prompt } });
    if (draft.options.recordConcurrency === '') {
      dispatch({ type: 'options changed', options: { recordConcurrency: promptConcurrency } });
    }
    onOpenScript({ stepKey: step.key, stage: 'main' });
  }

  function duplicate(step: StepDraft, at: number) {
    const copy = newStep(draft.steps, step.scripts, step.name);
    dispatch({ type: 'step inserted', at: at + 1, step: copy });
  }

  function remove(step: StepDraft, at: number) {
    dispatch({ type: 'step removed', key: step.key });
    setRemoved({ step, at });
  }

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Title order={2} fz="md">
          Steps
        </Title>
        <SavePipeline draft={draft} llm={props.llm} dispatch={dispatch} />
      </Group>
      <TextInput
        aria-label="Pipeline name"
        placeholder="Pipeline name"
        value={draft.name}
        onChange={(event) => dispatch({ type: 'renamed', name: event.currentTarget.value })}
      />
      {draft.steps.map((step, at) => (
        <StepCard
          key={step.key}
          step={step}
          position={at}
          last={draft.steps.length - 1}
          checks={checks}
          failures={props.failures}
          open={openScript?.stepKey === step.key ? openScript : undefined}
          promptContext={promptContext(at)}
          onOpenScript={onOpenScript}
          onDuplicate={() => duplicate(step, at)}
          onRemove={() => remove(step, at)}
          dispatch={dispatch}
        />
      ))}
      {removed !== undefined && (
        <Group gap="xs" role="status">
          <Text size="sm">Step {removed.step.name} was removed.</Text>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              dispatch({ type: 'step inserted', at: removed.at, step: removed.step });
              setRemoved(undefined);
            }}
          >
            Undo
          </Button>
        </Group>
      )}
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="plus" size={12} />} onClick={addStep}>
          Add step
        </Button>
        {upstreams.items.length > 0 && (
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={12} />}
            title="A step that asks a model about every record"
            onClick={addPromptStep}
          >
            Add prompt step
          </Button>
        )}
      </Group>
      <PackagesSection draft={draft} packages={props.packages} dispatch={dispatch} />
      <ModelCallsSection
        draft={draft}
        upstreams={upstreams}
        dispatch={dispatch}
        refusalAt={props.refusalAt}
      />
    </Stack>
  );
}

function isUntouched({ scripts }: StepDraft): boolean {
  return scripts.pre === undefined && scripts.post === undefined && scripts.main?.source === scriptTemplate;
}
