import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Run, SkipGroup } from '@/api/types';
import { percentOf } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { ExampleRecords } from './example-records';
import classes from './failure-card.module.css';
import { GroupFigures } from './group-figures';
import { InCommon } from './in-common';

type SkipCardProps = { run: Run; group: SkipGroup; total: number; asksAtOnce: boolean };

/** One reason for skipping: how many records, where in the input, examples and what they have in common. */
export function SkipCard({ run, group, total, asksAtOnce }: SkipCardProps) {
  const reason = { reason: group.id };
  return (
    <article className={`panel ${classes.card}`}>
      <GroupFigures
        count={group.count}
        spread={group.spread}
        share={`${percentOf(group.count, total)}% of skipped`}
        label="Skipped"
        tone="skipped"
      />
      <div className={classes.cause}>
        <Text fw={600} className={classes.message} dir="auto">
          {group.reason === '' ? 'No reason given' : group.reason}
        </Text>
        <Text size="sm" className="quiet">
          {[group.step, group.stage].filter(Boolean).join(' · ')}
        </Text>
        <Group gap="4px 16px" fz="sm" my={6}>
          <ExampleRecords runId={run.id} indexes={group.examples} filter={reason} />
          <Anchor component={Link} size="sm" to={paths.runRecords(run.id, reason)}>
            Show records
          </Anchor>
          {group.step && group.stage && (
            <Anchor
              component={Link}
              size="sm"
              to={paths.runPipeline(run.id, { script: `${group.step}/${group.stage}` })}
            >
              Open the script
            </Anchor>
          )}
        </Group>
        {isFinal(run.status) && (
          <InCommon runId={run.id} group={reason} verb="that were skipped so" asksAtOnce={asksAtOnce} />
        )}
      </div>
    </article>
  );
}
