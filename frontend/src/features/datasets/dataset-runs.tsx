import { Anchor, List, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { RunSummary } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { shortId } from '@/lib/format';
import { paths } from '@/lib/paths';

/** So many runs are named; older ones are counted as more. */
export const shownRuns = 8;

type DatasetRunsProps = { runs: Runs; dataset: string };

type Runs = { items: RunSummary[]; nextCursor?: string | null | undefined };

/** The newest runs of a dataset. */
export function DatasetRuns({ runs, dataset }: DatasetRunsProps) {
  return (
    <section aria-labelledby="runs-heading">
      <Title order={2} fz="md" mb={4} id="runs-heading">
        Runs
      </Title>
      <RunLinks runs={runs} dataset={dataset} />
    </section>
  );
}

/** The runs that must be deleted before their dataset can be. */
export function RunsInTheWay({ runs, dataset }: DatasetRunsProps) {
  return (
    <>
      <Text size="sm" mb="xs">
        Runs use this dataset, so that it cannot be deleted. Delete them first, together in the list of its
        runs, or one by one:
      </Text>
      <RunLinks runs={runs} dataset={dataset} />
    </>
  );
}

function RunLinks({ runs, dataset }: DatasetRunsProps) {
  return (
    <List size="sm" mb="md" listStyleType="none" spacing={4}>
      {runs.items.map((run) => (
        <List.Item key={run.id}>
          <StateMark state={run.status} />{' '}
          <Anchor component={Link} to={paths.run(run.id)} size="sm" dir="auto">
            {run.name} ({shortId(run.id)})
          </Anchor>
          , <Timestamp at={run.createdAt} />
        </List.Item>
      ))}
      <List.Item>
        <Anchor component={Link} to={paths.runsOf({ dataset })} size="sm">
          {runs.nextCursor == null ? 'List of these runs' : 'All runs of this dataset'}
        </Anchor>
      </List.Item>
    </List>
  );
}
