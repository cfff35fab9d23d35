import { Button, Collapse, Group, NumberInput, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type Dispatch, useState } from 'react';
import { useNavigate } from 'react-router';
import { datasetQuery } from '@/api/datasets';
import { useSubmitRun } from '@/api/run-changes';
import type { ModelOptions } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { type Draft, draftProblems, runRequestOf } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { optionProblems } from '../draft/options';
import type { ScriptChecks } from '../steps/use-script-checks';
import { CopyRun } from './copy-run';
import classes from './run-bar.module.css';
import { RunOptions } from './run-options';
import { type Origin, useRetry } from './use-retry';

type RunBarProps = {
  draft: Draft;
  /** What the scripts may call; undefined for nothing. */
  llm: ModelOptions | undefined;
  dispatch: Dispatch<DraftAction>;
  checks: ScriptChecks;
  origin: Origin | undefined;
  /** Whether the user came to correct that run. */
  isCorrection: boolean;
  onSubmitted: () => void;
  /** The service has refused the run or the retry. */
  onRefused: (error: Error) => void;
};

/** The options and the buttons that start a run; always visible. */
export function RunBar(props: RunBarProps) {
  const { draft, llm, dispatch, checks, origin, isCorrection, onSubmitted, onRefused } = props;
  const [expanded, setExpanded] = useState(false);
  const [submitted, setSubmitted] = useState(false);
  const dataset = useQuery({
    ...datasetQuery(draft.datasetId ?? ''),
    enabled: draft.datasetId !== undefined,
  });
  const navigate = useNavigate();
  const submit = useSubmitRun((run) => {
    onSubmitted();
    navigate(paths.run(run.id));
  });
  const retry = useRetry({ draft, llm, origin, onSubmitted, onRefused });
  const problems = [...draftProblems(draft), ...scriptErrors(draft, checks)];
  const records = draft.datasetId === undefined ? undefined : dataset.data?.records;

  const batchSize = Number(draft.options.batchSize);

  function send(start: () => void) {
    setSubmitted(true);
    if (problems.length === 0) {
      start();
    }
  }

  const run = () => submit.mutate(runRequestOf(draft, llm), { onError: onRefused });
  useHotkeys([['mod+shift+Enter', () => !submit.isPending && send(run)]], [], true);

  return (
    <section className={classes.bar} aria-label="Run">
      {submit.error !== null && <ProblemAlert error={submit.error} />}
      {retry.error !== null && <ProblemAlert error={retry.error} />}
      {submitted && problems.length > 0 && (
        <ul className={classes.problems} role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <Collapse expanded={expanded}>
        <RunOptions draft={draft} dispatch={dispatch} />
        <CopyRun draft={draft} llm={llm} />
      </Collapse>
      <div className={classes.line}>
        {records !== undefined && batchSize >= 1 && (
          <Text size="sm" className={`quiet figures ${classes.plan}`}>
            {formatCount(records, 'record')} in{' '}
            {formatCount(Math.ceil(records / batchSize), 'batch', 'batches')}
          </Text>
        )}
        <Group gap={6}>
          <Text component="label" htmlFor="batch-size" size="sm">
            Batch size
          </Text>
          <NumberInput
            id="batch-size"
            w={90}
            min={1}
            allowDecimal={false}
            clampBehavior="none"
            value={draft.options.batchSize}
            error={optionProblems(draft.options).batchSize !== undefined}
            onChange={(batchSize) => dispatch({ type: 'options changed', options: { batchSize } })}
          />
        </Group>
        <Button
          variant="subtle"
          className={classes.more}
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
        >
          {expanded ? 'Fewer options' : 'More options'}
        </Button>
        <Button
          size="sm"
          variant={isCorrection && retry.all.records > 0 ? 'default' : 'filled'}
          loading={submit.isPending}
          title="Ctrl or ⌘, Shift and Enter"
          onClick={() => send(run)}
        >
          {records === undefined ? 'Run' : `Run ${formatCount(records, 'record')}`}
        </Button>
        {retry.all.records > retry.sameCause.records && (
          <Button
            size="sm"
            variant={isCorrection && retry.sameCause.records === 0 ? 'filled' : 'default'}
            title="Runs the failed and cancelled records of the original run again, with these scripts"
            loading={retry.all.isPending}
            onClick={() => send(retry.all.mutate)}
          >
            {retry.sameCause.records > 0 ? 'Retry all ' : 'Retry '}
            {formatCount(retry.all.records, 'record')}
          </Button>
        )}
        {retry.sameCause.records > 0 && (
          <Button
            size="sm"
            title="Runs the records with this failure again in the original run, with these scripts"
            loading={retry.sameCause.isPending}
            onClick={() => send(retry.sameCause.mutate)}
          >
            Retry {retry.all.records > retry.sameCause.records ? 'these ' : ''}
            {formatCount(retry.sameCause.records, 'record')}
          </Button>
        )}
      </div>
    </section>
  );
}

function scriptErrors(draft: Draft, checks: ScriptChecks): string[] {
  return draft.steps.flatMap((step) =>
    Object.values(step.scripts).flatMap((script) =>
      checks(script.source)
        .filter((problem) => problem.severity === 'error')
        .map((problem) => `${script.name} of ${step.name}, line ${problem.line ?? 1}: ${problem.message}`),
    ),
  );
}
