import { Anchor, Button, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { runsQuery } from '@/api/runs';
import type { RunStatus } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { paths } from '@/lib/paths';
import { stateLabel } from '@/lib/states';
import { RunsTable } from './runs-table';

const statuses: RunStatus[] = ['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'];
const runsPerPage = 50;

export function RunsPage() {
  const [search, setSearch] = useSearchParams();
  const status = statuses.find((one) => one === search.get('status'));
  const cursor = search.get('cursor') ?? undefined;
  const query = useQuery(
    runsQuery({ limit: runsPerPage, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) }),
  );

  return (
    <>
      <PageHeading title="Runs" />
      <div className="sideways">
        <SegmentedControl
          aria-label="State"
          value={status ?? 'all'}
          onChange={(value) => setSearch(value === 'all' ? {} : { status: value })}
          data={[
            { value: 'all', label: 'All' },
            ...statuses.map((one) => ({ value: one, label: stateLabel(one) })),
          ]}
        />
      </div>
      <QuerySection name="The runs" query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? <NoRuns filtered={status !== undefined} /> : <RunsTable runs={items} />}
            <Group mt="sm" justify="center">
              {cursor !== undefined && (
                <Button variant="default" onClick={() => setSearch(status ? { status } : {})}>
                  Newest
                </Button>
              )}
              {nextCursor != null && (
                <Button
                  variant="default"
                  onClick={() => setSearch({ ...(status ? { status } : {}), cursor: nextCursor })}
                >
                  Older
                </Button>
              )}
            </Group>
          </>
        )}
      </QuerySection>
    </>
  );
}

function NoRuns({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="No runs in this state">
        <Anchor component={Link} to={paths.runs} size="sm">
          Show all runs
        </Anchor>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No runs yet">
      A run processes every record of a dataset with a pipeline.
      <Button component={Link} to={paths.newRun()}>
        New run
      </Button>
    </EmptyState>
  );
}
