import { Alert, Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Run } from '@/api/types';
import { LabelLine } from '@/components/labels/label-line';
import { SegmentedProgress } from '@/components/state/segmented-progress';
import { StateMark } from '@/components/state/state-mark';
import { useNow } from '@/components/use-now';
import { formatDuration, formatNumber, formatRate, shortId } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isActive, isFinal } from '@/lib/states';
import { EnvironmentLine } from '../environment/environment-line';
import { EnvironmentStep } from '../environment/environment-step';
import { MoneyLine } from '../model-calls/budget/money-line';
import { pauseAdvice, pauseCauses, pauseReasonOf } from '../model-calls/budget/pause';
import { elapsedMilliseconds, percentDone, recordParts, timeLeft } from '../run-progress';
import { RecordTotals } from './record-totals';
import { RunActions } from './run-actions';
import classes from './run-header.module.css';

export function RunHeader({ run }: { run: Run }) {
  const percent = percentDone(run.records);
  return (
    <section className={`panel ${classes.header}`} aria-label="Progress">
      <Group justify="space-between" gap="xs" align="flex-start">
        <div className={classes.names}>
          <Title order={1} fz="xl" dir="auto" className="cut">
            {run.name}
          </Title>
          <Text size="xs" className="quiet mono" title={run.id}>
            Run {shortId(run.id)}
          </Text>
          <LabelLine tags={run.tags} note={run.note} />
        </div>
        <RunActions run={run} />
      </Group>
      <Group gap="md" className="figures" my={8}>
        <Text component="span" size="lg">
          <StateMark state={run.status} />
        </Text>
        {!isFinal(run.status) && (
          <Text component="span" size="lg" fw={600}>
            {percent}%
          </Text>
        )}
        <Pace run={run} />
      </Group>
      {run.status === 'PAUSED' ? <PauseNotice run={run} /> : <StatusReason run={run} />}
      {run.environment != null && showsBuild(run) && (
        <EnvironmentStep run={run.id} environment={run.environment} />
      )}
      <SegmentedProgress parts={recordParts(run.records)} percent={percent} label="Records done" />
      <RecordTotals run={run} />
      {run.environment != null && !showsBuild(run) && <EnvironmentLine environment={run.environment} />}
      {run.llm != null && <MoneyLine run={run} llm={run.llm} />}
    </section>
  );
}

/** Whether the build of the environment is what the user looks for: the run waits for it, or ended with it. */
function showsBuild({ status, environment }: Run): boolean {
  return environment?.status === 'FAILED' || (environment?.status !== 'READY' && !isFinal(status));
}

function StatusReason({ run }: { run: Run }) {
  // The build says more of it.
  const isShown = run.environment?.status !== 'FAILED';
  return (
    isShown &&
    run.statusReason && (
      <Alert color={run.status === 'FAILED' ? 'red' : 'gray'} mb={8} py={6}>
        {run.statusReason}
      </Alert>
    )
  );
}

/** Why the run waits, and what somebody can do about it. */
function PauseNotice({ run }: { run: Run }) {
  const reason = pauseReasonOf(run);
  return (
    <div className={classes.pause} role="status">
      <Text size="sm" fw={500}>
        {run.statusReason || `${pauseCauses[reason]}.`}
      </Text>
      <Text size="sm">{pauseAdvice[reason]}</Text>
    </div>
  );
}

function Pace({ run }: { run: Run }) {
  const now = useNow(isActive(run.status));
  const elapsed = run.status === 'PAUSED' ? undefined : elapsedMilliseconds(run, now);
  const facts = [
    timeLeft(run),
    run.recordsPerSecond && (isActive(run.status) || isFinal(run.status))
      ? formatRate(run.recordsPerSecond)
      : undefined,
    elapsed === undefined
      ? undefined
      : `${isFinal(run.status) ? 'Took' : 'Running for'} ${formatDuration(elapsed)}`,
  ].filter((fact) => fact !== undefined);
  return (
    <>
      {facts.map((fact) => (
        <Text component="span" key={fact} className="quiet">
          {fact}
        </Text>
      ))}
      {run.retries > 0 && (
        <Anchor component={Link} to={paths.runPipeline(run.id)} underline="always">
          Retried {run.retries === 1 ? 'once' : `${formatNumber(run.retries)} times`}
        </Anchor>
      )}
    </>
  );
}
