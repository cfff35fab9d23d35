import { ActionIcon, Group, TextInput } from '@mantine/core';
import { type Dispatch, type DragEvent, useState } from 'react';
import { Icon } from '@/components/icon';
import { stages } from '@/lib/stages';
import type { OpenScript } from '../draft/deep-link';
import type { StepDraft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import type { PromptContext } from '../prompt/prompt-editor';
import type { TrialFailures } from '../trial/trial-failures';
import { StageRow } from './stage-row';
import classes from './step-card.module.css';
import type { ScriptChecks } from './use-script-checks';

const dragType = 'application/x-pipeline-step';

type StepCardProps = {
  step: StepDraft;
  position: number;
  last: number;
  checks: ScriptChecks;
  failures: TrialFailures;
  open: OpenScript | undefined;
  promptContext: PromptContext;
  onOpenScript: (place: OpenScript | undefined) => void;
  onDuplicate: () => void;
  onRemove: () => void;
  dispatch: Dispatch<DraftAction>;
};

export function StepCard(props: StepCardProps) {
  const { step, position, last, dispatch } = props;
  const [over, setOver] = useState(false);
  const move = (to: number) => dispatch({ type: 'step moved', key: step.key, to });

  function drop(event: DragEvent) {
    setOver(false);
    const key = event.dataTransfer.getData(dragType);
    if (key !== '') {
      event.preventDefault();
      dispatch({ type: 'step moved', key, to: position });
    }
  }

  return (
    <article
      className={classes.card}
      aria-label={`Step ${position + 1}, ${step.name}`}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group gap={4} wrap="nowrap" mb={4}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons beside it do the same from the keyboard */}
        <span
          className={classes.grip}
          draggable
          title="Drag to reorder"
          onDragStart={(event) => event.dataTransfer.setData(dragType, step.key)}
        >
          <Icon name="grip" />
        </span>
        <TextInput
          flex={1}
          aria-label={`Name of step ${position + 1}`}
          value={step.name}
          onChange={(event) =>
            dispatch({ type: 'step renamed', key: step.key, name: event.currentTarget.value })
          }
        />
        <ActionIcon
          aria-label="Move the step up"
          disabled={position === 0}
          onClick={() => move(position - 1)}
        >
          <Icon name="up" />
        </ActionIcon>
        <ActionIcon
          aria-label="Move the step down"
          disabled={position === last}
          onClick={() => move(position + 1)}
        >
          <Icon name="down" />
        </ActionIcon>
        <ActionIcon aria-label="Duplicate the step" onClick={props.onDuplicate}>
          <Icon name="copy" />
        </ActionIcon>
        <ActionIcon aria-label="Remove the step" onClick={props.onRemove}>
          <Icon name="close" />
        </ActionIcon>
      </Group>
      {stages.map((stage) => (
        <StageRow
          key={stage}
          step={step}
          stage={stage}
          checks={props.checks}
          failures={props.failures}
          open={props.open?.stage === stage ? props.open : undefined}
          promptContext={props.promptContext}
          onOpenScript={props.onOpenScript}
          dispatch={dispatch}
        />
      ))}
    </article>
  );
}
