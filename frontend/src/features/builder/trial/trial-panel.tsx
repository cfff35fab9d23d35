import { Button, Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type Dispatch, useState } from 'react';
import type { Environment } from '@/api/types';
import { LogText } from '@/components/code/log-text';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { ErrorReport } from '@/components/record/error-report';
import { isStage } from '@/lib/stages';
import type { RecordError } from '@/lib/values/record';
import type { OpenScript } from '../draft/deep-link';
import { type Draft, pipelineProblems } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import type { Means } from './cost-estimate';
import { SampleList } from './sample-list';
import { recordProblem } from './samples';
import type { TrialChoice } from './trial';
import { TrialChoiceForm } from './trial-choice-form';
import { TrialCost } from './trial-cost';
import { TrialEstimate } from './trial-estimate';
import { TrialResults } from './trial-results';
import { TrialWaiting } from './trial-waiting';
import type { TrialState } from './use-trial';

const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

type TrialPanelProps = {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  trial: TrialState;
  /** The environment of the packages of the draft; undefined without packages. */
  environment: Environment | undefined;
  /** What a run may spend on model calls, and one call at most. */
  means: Means;
  firstChoice: TrialChoice | undefined;
  onBatchSize: (size: number) => void;
  onBudget: (budget: string) => void;
  onOpenScript: (place: OpenScript) => void;
};

/** Runs the pipeline on a few records, in the same sandbox as a run. */
export function TrialPanel(props: TrialPanelProps) {
  const { draft, dispatch, trial, firstChoice, onBatchSize, onOpenScript } = props;
  const [wanted, setChoice] = useState<TrialChoice>(firstChoice ?? { kind: 'first', count: 3 });
  // The last sample may have been removed.
  const choice: TrialChoice =
    wanted.kind === 'samples' && draft.samples.length === 0 ? { kind: 'first', count: 3 } : wanted;
  const ready =
    (draft.datasetId !== undefined || choice.kind === 'samples') &&
    pipelineProblems(draft).length === 0 &&
    !(choice.kind === 'chosen' && choice.indexes.length === 0) &&
    !(choice.kind === 'samples' && draft.samples.some(({ record }) => recordProblem(record) !== undefined));
  const start = () => {
    if (ready) {
      trial.mutate(choice);
    }
  };
  useHotkeys([['mod+Enter', start]], [], true);

  function openError(error: RecordError) {
    const step = draft.steps.find((one) => one.name === error.step);
    if (step !== undefined && isStage(error.stage)) {
      onOpenScript({
        stepKey: step.key,
        stage: error.stage,
        ...(error.line == null ? {} : { line: error.line }),
      });
    }
  }

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} fz="md">
          Try it
        </Title>
        <Group gap="xs">
          <Text size="xs" className="quiet" visibleFrom="sm">
            <Kbd size="xs">{commandKey}</Kbd> <Kbd size="xs">Enter</Kbd>
          </Text>
          <Button variant="light" loading={trial.isPending} disabled={!ready} onClick={start}>
            Try
          </Button>
        </Group>
      </Group>
      <TrialChoiceForm choice={choice} samples={draft.samples.length} onChange={setChoice} />
      {choice.kind === 'samples' && (
        <SampleList
          samples={draft.samples}
          startsEditing={firstChoice?.kind === 'samples'}
          dispatch={dispatch}
        />
      )}
      {trial.isPending && <TrialWaiting environment={props.environment} onStop={trial.stop} />}
      {trial.error !== null && <ProblemAlert error={trial.error} />}
      {trial.data === undefined ? (
        <Text size="sm" className="quiet">
          {draft.datasetId === undefined
            ? 'Choose a dataset, then try your scripts on its first records.'
            : 'Try your scripts on a few records before you run all of them.'}
        </Text>
      ) : (
        <>
          {trial.isStale && <StaleNotice />}
          {trial.data.result.error && <ErrorReport error={trial.data.result.error} />}
          <TrialEstimate
            records={trial.data.result.records}
            total={trial.data.total}
            batchSize={Number(draft.options.batchSize)}
            onBatchSize={onBatchSize}
          />
          <TrialCost
            trial={trial.data.result}
            total={trial.data.total}
            means={props.means}
            onBudget={props.onBudget}
          />
          <TrialResults
            trial={trial.data}
            samples={draft.samples}
            dispatch={dispatch}
            onOpenError={openError}
          />
          {trial.data.result.log.trim() !== '' && (
            <div>
              <Title order={3} fz="sm" mb={4}>
                Log
              </Title>
              <LogText text={trial.data.result.log} />
            </div>
          )}
        </>
      )}
    </Stack>
  );
}

function StaleNotice() {
  return (
    <Text size="sm" c="var(--state-partial)" fw={500} role="status">
      You have changed something since. These results are of the scripts as they were before; try again.
    </Text>
  );
}
