import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { problemText } from '@/api/problem-text';
import { failuresQuery } from '@/api/runs';
import type { FailureGroup, Run } from '@/api/types';
import { EmptyState } from '@/components/empty-state';
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
              <FailureCard
                key={`${group.step} ${group.stage} ${group.type} ${group.message} ${group.line}`}
                run={run}
                group={group}
              />
            ))}
          </Stack>
        )
      }
    </QuerySection>
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
              to={paths.runRecord(run.id, index, { status: 'FAILED' })}
              mr={8}
              size="sm"
            >
              record {formatNumber(index)}
            </Anchor>
          ))}
        </span>
        {group.step && group.stage && (
          <Anchor
            component={Link}
            size="sm"
            to={paths.fix(run.id, {
              script: `${group.step}/${group.stage}`,
              line: group.line ?? undefined,
              records: group.examples,
            })}
          >
            Correct the script and retry
          </Anchor>
        )}
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
    </article>
  );
}
