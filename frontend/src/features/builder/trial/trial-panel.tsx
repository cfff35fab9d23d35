import { Button, Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { datasetQuery } from '@/api/datasets';
import { tryPipeline } from '@/api/pipelines';
import { LogText } from '@/components/code/log-text';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { ErrorReport } from '@/components/record/error-report';
import { formatNumber } from '@/lib/format';
import { ProblemError } from '@/lib/problems/problem';
import { isStage } from '@/lib/stages';
import type { RecordError } from '@/lib/values/record';
import type { OpenScript } from '../draft/deep-link';
import { type Draft, pipelineOf, pipelineProblems } from '../draft/draft';
import { chosenIndexes, recordsAt, type TrialChoice } from './trial';
import { TrialChoiceForm } from './trial-choice-form';
import { TrialEstimate } from './trial-estimate';
import { TrialRecord } from './trial-record';

const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

type TrialPanelProps = {
  draft: Draft;
  firstChoice: TrialChoice | undefined;
  onBatchSize: (size: number) => void;
  onOpenScript: (place: OpenScript) => void;
};

/** Runs the pipeline on a few records, in the same sandbox as a run. */
export function TrialPanel({ draft, firstChoice, onBatchSize, onOpenScript }: TrialPanelProps) {
  const [choice, setChoice] = useState<TrialChoice>(firstChoice ?? { kind: 'first', count: 3 });
  const trial = useTrial(draft);
  const ready =
    draft.datasetId !== undefined &&
    pipelineProblems(draft).length === 0 &&
    !(choice.kind === 'chosen' && choice.indexes.length === 0);
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
      <TrialChoiceForm choice={choice} onChange={setChoice} />
      {trial.error !== null && <ProblemAlert error={trial.error} />}
      {trial.data === undefined ? (
        <Text size="sm" className="quiet">
          {draft.datasetId === undefined
            ? 'Choose a dataset, then try your scripts on its first records.'
            : 'Try your scripts on a few records before you run all of them.'}
        </Text>
      ) : (
        <>
          {trial.data.result.error && <ErrorReport error={trial.data.result.error} />}
          <TrialEstimate
            records={trial.data.result.records}
            total={trial.data.total}
            batchSize={Number(draft.options.batchSize)}
            onBatchSize={onBatchSize}
          />
          {trial.data.result.records.map((record, at) => (
            <TrialRecord
              key={trial.data.indexes[at]}
              record={record}
              index={trial.data.indexes[at] ?? at}
              startsOpen={at === 0}
              onOpenError={openError}
            />
          ))}
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

function noSuchRecords(total: number) {
  return new ProblemError({
    type: 'about:blank',
    status: 404,
    title: 'The dataset has no such records',
    detail: `Its records are numbered 0 to ${formatNumber(total - 1)}. Choose records in this range.`,
  });
}

/** Runs one trial at a time; a new one cancels the one before. */
function useTrial(draft: Draft) {
  const control = useRef<AbortController | undefined>(undefined);
  const queryClient = useQueryClient();
  const datasetId = draft.datasetId ?? '';
  return useMutation({
    mutationFn: async (choice: TrialChoice) => {
      control.current?.abort();
      control.current = new AbortController();
      const { signal } = control.current;
      const { records: total } = await queryClient.fetchQuery(datasetQuery(datasetId));
      const indexes = chosenIndexes(choice, total);
      if (indexes.length === 0) {
        throw noSuchRecords(total);
      }
      const records = await recordsAt(datasetId, indexes, signal);
      return { indexes, total, result: await tryPipeline(pipelineOf(draft), records, signal) };
    },
  });
}
