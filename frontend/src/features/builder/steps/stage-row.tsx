import { ActionIcon, Button, Text } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import type { ScriptProblem, StageName } from '@/api/types';
import { Icon } from '@/components/icon';
import { FileButton } from '@/components/input/file-button';
import { StateMark } from '@/components/state/state-mark';
import { formatCount } from '@/lib/format';
import type { OpenScript } from '../draft/deep-link';
import { type StepDraft, scriptTemplate } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import type { PromptContext } from '../prompt/prompt-editor';
import { promptOfStep } from '../prompt/step-prompt';
import type { TrialFailures } from '../trial/trial-failures';
import { knownNames } from './known-names';
import { MainScript } from './main-script';
import { ScriptEditor } from './script-editor';
import { readScriptFile, UnreadableScript } from './script-file';
import classes from './step-card.module.css';
import type { ScriptChecks } from './use-script-checks';

type StageRowProps = {
  step: StepDraft;
  stage: StageName;
  checks: ScriptChecks;
  failures: TrialFailures;
  open: OpenScript | undefined;
  promptContext: PromptContext;
  onOpenScript: (place: OpenScript | undefined) => void;
  dispatch: Dispatch<DraftAction>;
};

/** One script of a step: its name, its problems, and the editor when it is open. */
export function StageRow(props: StageRowProps) {
  const { step, stage, checks, open, onOpenScript, dispatch } = props;
  const script = step.scripts[stage];
  const place = { stepKey: step.key, stage };
  const set = (name: string, source: string) =>
    dispatch({ type: 'script set', key: step.key, stage, script: { name, source } });
  const [refusal, setRefusal] = useState<string>();
  const fromFile = async (file: File) => {
    try {
      set(file.name, await readScriptFile(file));
      setRefusal(undefined);
    } catch (problem) {
      setRefusal(
        problem instanceof UnreadableScript
          ? problem.message
          : `${file.name} cannot be read. Check the file and choose it again.`,
      );
    }
  };
  const refused = refusal !== undefined && (
    <Text size="sm" c="var(--state-failed)" role="alert">
      {refusal}
    </Text>
  );

  if (script === undefined) {
    return (
      <>
        <div className={classes.row}>
          <span className={classes.stage}>{stage}</span>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Write a ${stage} script for ${step.name}`}
            onClick={() => {
              set(`${stage}.py`, scriptTemplate);
              setRefusal(undefined);
              onOpenScript(place);
            }}
          >
            Write
          </Button>
          <FileButton label="Load file" accept=".py" onFile={fromFile} />
        </div>
        {refused}
      </>
    );
  }

  const problems = [...checks(script.source), ...props.failures(step.name.trim(), stage)];
  return (
    <>
      <div className={classes.row}>
        <span className={classes.stage}>{stage}</span>
        <Text span className={`mono cut ${classes.name}`} dir="auto" title={script.name}>
          {script.name}
        </Text>
        {stage === 'main' && promptOfStep(step) !== undefined && (
          <Text span size="xs" className="quiet">
            prompt
          </Text>
        )}
        <ProblemCount problems={problems} />
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={open !== undefined}
          aria-label={`${open === undefined ? 'Edit' : 'Close'} the ${stage} script of ${step.name}`}
          onClick={() => onOpenScript(open === undefined ? place : undefined)}
        >
          {open === undefined ? 'Edit' : 'Close'}
        </Button>
        <FileButton label="Load file" accept=".py" onFile={fromFile} />
        {stage !== 'main' && (
          <ActionIcon
            size="sm"
            aria-label={`Remove the ${stage} script of ${step.name}`}
            onClick={() => dispatch({ type: 'script removed', key: step.key, stage })}
          >
            <Icon name="close" size={12} />
          </ActionIcon>
        )}
      </div>
      {refused}
      {open !== undefined && stage === 'main' && (
        <MainScript
          step={step}
          script={script}
          problems={problems}
          line={open.line}
          promptContext={props.promptContext}
          dispatch={dispatch}
        />
      )}
      {open !== undefined && stage !== 'main' && (
        <ScriptEditor
          label={`${stage} script of ${step.name}`}
          script={script}
          problems={problems}
          line={open.line}
          known={knownNames(props.promptContext)}
          onChange={(changed) => dispatch({ type: 'script set', key: step.key, stage, script: changed })}
        />
      )}
    </>
  );
}

function ProblemCount({ problems }: { problems: ScriptProblem[] }) {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (problems.length === 0) {
    return null;
  }
  return (
    <StateMark state={errors > 0 ? 'FAILED' : 'PARTIAL'}>
      {errors > 0 ? formatCount(errors, 'error') : formatCount(problems.length, 'warning')}
    </StateMark>
  );
}
