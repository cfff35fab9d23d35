import { Anchor, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { failuresQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { errorLine } from '@/lib/values/error-words';
import { errorLocation } from '@/lib/values/record';
import classes from './top-causes.module.css';

const shownCauses = 3;

/** The most frequent causes of failure, with links to their records. */
export function TopCauses({ run }: { run: Run }) {
  const query = useQuery(failuresQuery(run.id, isFinal(run.status)));
  return (
    <section aria-labelledby="causes-heading">
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="md" id="causes-heading">
          Why records failed
        </Title>
        <Anchor component={Link} to={paths.runFailures(run.id)} size="sm">
          All failures
        </Anchor>
      </Group>
      <QuerySection name="The causes" query={query} loading={<RowSkeleton rows={shownCauses} />}>
        {({ items }) => (
          <ol className={classes.causes}>
            {items.slice(0, shownCauses).map((group) => (
              <li key={group.id} className={classes.cause}>
                <Text span fw={600} className={`figures ${classes.count}`}>
                  {formatNumber(group.count)}
                </Text>
                <Anchor
                  component={Link}
                  to={paths.runRecords(run.id, { cause: group.id })}
                  className="cut"
                  dir="auto"
                  size="sm"
                >
                  {errorLine(group)}
                </Anchor>
                <Text span size="xs" className={`quiet cut ${classes.place}`}>
                  {errorLocation(group)}
                </Text>
              </li>
            ))}
          </ol>
        )}
      </QuerySection>
    </section>
  );
}
