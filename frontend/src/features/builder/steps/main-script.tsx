import { Button, Group, Text } from '@mantine/core';
import type { Dispatch } from 'react';
import type { Script, ScriptProblem } from '@/api/types';
import type { StepDraft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { type PromptContext, PromptEditor } from '../prompt/prompt-editor';
import { promptOfStep } from '../prompt/step-prompt';
import { knownNames } from './known-names';
import { ScriptEditor } from './script-editor';

type MainScriptProps = {
  step: StepDraft;
  script: Script;
  problems: ScriptProblem[];
  line: number | undefined;
  promptContext: PromptContext;
  dispatch: Dispatch<DraftAction>;
};

/** The main script of a step. That of a prompt step has the form of the prompt above it, until it is edited by hand. */
export function MainScript({ step, script, problems, line, promptContext, dispatch }: MainScriptProps) {
  const prompt = promptOfStep(step);
  return (
    <>
      {prompt !== undefined && (
        <>
          <PromptEditor
            step={step.name}
            prompt={prompt}
            context={promptContext}
            onChange={(changed) => dispatch({ type: 'prompt set', key: step.key, prompt: changed })}
          />
          <Text size="xs" mb={6}>
            <Text span inherit fw={500}>
              The script written from this prompt.
            </Text>{' '}
            <span className="quiet">Edit it, and it becomes an ordinary script.</span>
          </Text>
        </>
      )}
      {prompt === undefined && step.prompt !== undefined && (
        <Group gap="xs" role="status" mb={6}>
          <Text size="xs" className="quiet">
            You edited this script, so it is an ordinary script now.
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() =>
              step.prompt && dispatch({ type: 'prompt set', key: step.key, prompt: step.prompt })
            }
          >
            Back to the prompt
          </Button>
        </Group>
      )}
      <ScriptEditor
        label={`main script of ${step.name}`}
        script={script}
        problems={problems}
        line={line}
        known={knownNames(promptContext)}
        onChange={(changed) =>
          dispatch({ type: 'script set', key: step.key, stage: 'main', script: changed })
        }
      />
    </>
  );
}
