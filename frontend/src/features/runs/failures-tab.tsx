import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { problemText } from '@/api/problem-text';
import { failuresQuery, retryRun, runKeys, showRetried } from '@/api/runs';
import type { FailureGroup, Run } from '@/api/types';
import { ConfirmButton } from '@/components/confirm-button';
import { EmptyState } from '@/components/empty-state';
import { ProblemAlert } from '@/components/problem-alert';
import { QuerySection } from '@/components/query-section';
import { formatCount, formatNumber, percentOf } from '@/lib/format';
import { paths } from '@/lib/paths';
import { faultPlace } from '@/lib/record';
import { isFinal } from '@/lib/states';
import classes from './failures-tab.module.css';
import { useRun } from './run-page';

export function FailuresTab() {
  const run = useRun();
  const query = useQuery(failuresQuery(run.id, isFinal(run.status)));
  return (
    <QuerySection name="The failures" query={query} describe={problemText}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState title={isFinal(run.status) ? 'No record failed' : 'No record has failed so far'} />
        ) : (
          <Stack gap="sm">
            <Text size="sm" className="quiet figures">
              {formatCount(total, 'failed record')} in {formatCount(items.length, 'cause')}
            </Text>
            {items.map((group) => (
              <FailureCard key={group.id} run={run} group={group} />
            ))}
          </Stack>
        )
      }
    </QuerySection>
  );
}

/** What can be done about a cause once the run is over. */
function FailureActions({ run, group }: { run: Run; group: FailureGroup }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryRun(run.id, { cause: group.id }),
    onSuccess: async (retried) => {
      await showRetried(queryClient, retried);
      navigate(paths.run(run.id));
    },
    onError: () => queryClient.invalidateQueries({ queryKey: runKeys.one(run.id) }),
  });
  return (
    <Group gap={6} mt={8}>
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
          Correct the script and retry these
        </Button>
      )}
      <ConfirmButton
        question="Retry these records?"
        consequence={`${formatCount(group.count, 'record')} that failed for this cause run again with the pipeline of this run. All other results stay as they are.`}
        verb={`Retry ${formatCount(group.count, 'record')}`}
        refusal="Not now"
        verbColor="blue"
        loading={retry.isPending}
        onConfirm={() => retry.mutate()}
      >
        Retry these
      </ConfirmButton>
      {retry.error !== null && <ProblemAlert {...problemText(retry.error)} />}
    </Group>
  );
}

function FailureCard({ run, group }: { run: Run; group: FailureGroup }) {
  return (
    <article className={`panel ${classes.card}`}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className={classes.cause}>
          <Text fw={600} className={classes.message} dir="auto">
            {group.type}: {group.message}
          </Text>
          <Text size="sm" className="quiet">
            {faultPlace(group)}
          </Text>
        </div>
        <Text
          fw={600}
          className="figures"
          title={`${percentOf(group.count, run.records.failed)}% of all failures`}
        >
          {formatNumber(group.count)}
        </Text>
      </Group>
      <div className={classes.share} style={{ width: `${percentOf(group.count, run.records.failed)}%` }} />
      <Group gap="md" fz="sm" mt={6}>
        <span>
          for example{' '}
          {group.examples.slice(0, 3).map((index) => (
            <Anchor
              key={index}
              component={Link}
              to={paths.runRecord(run.id, index, { cause: group.id })}
              mr={8}
              size="sm"
            >
              record {formatNumber(index)}
            </Anchor>
          ))}
        </span>
        <Anchor component={Link} size="sm" to={paths.runRecords(run.id, { cause: group.id })}>
          Show these records
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
      {isFinal(run.status) && <FailureActions run={run} group={group} />}
    </article>
  );
}
