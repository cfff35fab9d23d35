import { Anchor, Button, Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import { Link, useNavigate } from 'react-router';
import { useRetryRun } from '@/api/run-changes';
import type { FailureGroup, Run } from '@/api/types';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { Sparkline } from '@/components/state/sparkline';
import { formatCount, formatNumber, percentOf } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { errorLocation } from '@/lib/values/record';
import classes from './failure-card.module.css';

/** One cause of failure: how many records, where in the input, why, examples, and the actions. */
export function FailureCard({ run, group }: { run: Run; group: FailureGroup }) {
  const share = percentOf(group.count, run.records.failed);
  return (
    <article className={`panel ${classes.card}`}>
      <div className={`figures ${classes.count}`}>
        <Text fw={600} fz="xl" lh={1.2}>
          {formatNumber(group.count)}
        </Text>
        {group.spread.length > 1 && (
          <Sparkline
            tone="failed"
            height={24}
            values={group.spread}
            label={`Failures by position in the dataset, in ${group.spread.length} parts, at most ${formatNumber(Math.max(...group.spread))} in one part`}
          />
        )}
        <Text size="xs" className="quiet">
          {share}% of failures
        </Text>
      </div>
      <div className={classes.cause}>
        <Text fw={600} className={classes.message} dir="auto">
          {group.type}: {group.message}
        </Text>
        <Text size="sm" className="quiet">
          {errorLocation(group)}
        </Text>
        <Group gap="4px 16px" fz="sm" mt={6}>
          <span>
            Examples:{' '}
            {group.examples.slice(0, 3).map((index) => (
              <Fragment key={index}>
                <Anchor
                  component={Link}
                  to={paths.runRecord(run.id, index, { cause: group.id })}
                  mr={4}
                  className={classes.example}
                  size="sm"
                >
                  record {formatNumber(index)}
                </Anchor>{' '}
              </Fragment>
            ))}
          </span>
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
