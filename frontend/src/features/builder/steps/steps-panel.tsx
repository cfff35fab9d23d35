import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import { Icon } from '@/components/icon';
import type { OpenScript } from '../draft/deep-link';
import { type Draft, newStep, type StepDraft, scriptTemplate } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { SavePipeline } from './save-pipeline';
import { StepCard } from './step-card';
import type { ScriptChecks } from './use-script-checks';

type StepsPanelProps = {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  checks: ScriptChecks;
  openScript: OpenScript | undefined;
  onOpenScript: (place: OpenScript | undefined) => void;
};

export function StepsPanel({ draft, dispatch, checks, openScript, onOpenScript }: StepsPanelProps) {
  const [removed, setRemoved] = useState<{ step: StepDraft; at: number } | undefined>();

  function addStep() {
    const step = newStep(draft.steps, { main: { name: 'main.py', source: scriptTemplate } });
    dispatch({ type: 'step added', step });
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
        <SavePipeline draft={draft} dispatch={dispatch} />
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
          open={openScript?.stepKey === step.key ? openScript : undefined}
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
      <Group>
        <Button variant="default" leftSection={<Icon name="plus" size={12} />} onClick={addStep}>
          Add step
        </Button>
      </Group>
    </Stack>
  );
}
