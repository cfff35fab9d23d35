import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { useRetryRun } from '@/api/run-changes';
import type { FailureGroup, Run } from '@/api/types';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { ErrorTitle } from '@/components/record/error-title';
import { formatCount, percentOf } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { errorLocation } from '@/lib/values/record';
import { ExampleRecords } from './example-records';
import classes from './failure-card.module.css';
import { GroupFigures } from './group-figures';
import { InCommon } from './in-common';

type FailureCardProps = { run: Run; group: FailureGroup; asksAtOnce: boolean };

/** One cause of failure: how many records, where in the input, why, what they have in common, and the actions. */
export function FailureCard({ run, group, asksAtOnce }: FailureCardProps) {
  const share = percentOf(group.count, run.records.failed);
  return (
    <article className={`panel ${classes.card}`}>
      <GroupFigures
        count={group.count}
        spread={group.spread}
        share={`${share}% of failures`}
        label="Failed"
        tone="failed"
      />
      <div className={classes.cause}>
        <ErrorTitle error={group} />
        <Text size="sm" className="quiet">
          {errorLocation(group)}
        </Text>
        <Group gap="4px 16px" fz="sm" my={6}>
          <ExampleRecords runId={run.id} indexes={group.examples} filter={{ cause: group.id }} />
          <Anchor component={Link} size="sm" to={paths.runRecords(run.id, { cause: group.id })}>
            Show records
          </Anchor>
          {group.script && group.line != null && (
            <Anchor
              component={Link}
              to={paths.runPipeline(run.id, { script: `${group.step}/${group.stage}`, line: group.line })}
              size="sm"
            >
              Open {group.script} at line {group.line}
            </Anchor>
          )}
        </Group>
        {isFinal(run.status) && (
          <InCommon
            runId={run.id}
            group={{ cause: group.id }}
            verb="that failed so"
            asksAtOnce={asksAtOnce}
          />
        )}
      </div>
      {isFinal(run.status) && <FailureActions run={run} group={group} />}
    </article>
  );
}

/** The actions for a cause of failure when the run has ended. */
function FailureActions({ run, group }: { run: Run; group: FailureGroup }) {
  const navigate = useNavigate();
  const retry = useRetryRun(run.id, () => navigate(paths.run(run.id)));
  return (
    <Group gap={6} className={classes.actions}>
      {group.step && group.stage && (
        <Button
          variant="light"
          component={Link}
          to={paths.fix(run.id, {
            script: `${group.step}/${group.stage}`,
            line: group.line ?? undefined,
            records: group.examples,
            cause: group.id,
          })}
        >
          Fix the script and retry
        </Button>
      )}
      <ConfirmButton
        question="Retry these records?"
        consequence={`${formatCount(group.count, 'record')} with this failure will run again with the same pipeline. Other results do not change.`}
        verb={`Retry ${formatCount(group.count, 'record')}`}
        verbColor="blue"
        loading={retry.isPending}
        onConfirm={() => retry.mutate({ cause: group.id })}
      >
        Retry without changes
      </ConfirmButton>
      {retry.error !== null && <ProblemAlert error={retry.error} />}
    </Group>
  );
}
