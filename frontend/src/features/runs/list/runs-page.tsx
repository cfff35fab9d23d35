import { Anchor, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { deleteRun, runKeys, runsQuery, runTotalsQuery } from '@/api/runs';
import type { RunSummary } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { PageButtons } from '@/components/list/page-buttons';
import { SelectionBar } from '@/components/list/selection-bar';
import { useSelection } from '@/components/list/use-selection';
import { PageHeading } from '@/components/page-heading';
import { formatCount } from '@/lib/format';
import { changedSearch } from '@/lib/list-search';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { RunFilterBar } from './run-filter-bar';
import { isFiltered, runFilterOf } from './run-list-filter';
import { RunTotalsLine } from './run-totals-line';
import { RunsTable } from './runs-table';

const runsPerPage = 50;

export function RunsPage() {
  const queryClient = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const filter = runFilterOf(search);
  const cursor = search.get('cursor') ?? undefined;
  const query = useQuery(runsQuery({ ...filter, limit: runsPerPage, ...(cursor ? { cursor } : {}) }));
  const { data: totals } = useQuery(runTotalsQuery(filter));
  const selection = useSelection();
  const change = (changes: Record<string, string | undefined>, { replace = true } = {}) =>
    setSearch(changedSearch(search, changes), { replace });

  return (
    <>
      <PageHeading title="Runs" />
      <RunFilterBar search={search} onChange={change} onClear={() => setSearch({}, { replace: true })} />
      {totals !== undefined && <RunTotalsLine totals={totals} />}
      <QuerySection name="The runs" query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? (
              <NoRuns filtered={isFiltered(search)} />
            ) : (
              <RunsTable runs={items} selection={selection} />
            )}
            <SelectionBar
              noun="run"
              items={items}
              selection={selection}
              consequence={`Their results are deleted for good; the datasets stay.${stillOpen(items, selection.ids)}`}
              remove={deleteRun}
              onRemoved={() => queryClient.invalidateQueries({ queryKey: runKeys.lists() })}
            />
            <PageButtons
              isFirst={cursor === undefined}
              nextCursor={nextCursor}
              onGo={(page) => change(page, { replace: false })}
            />
          </>
        )}
      </QuerySection>
    </>
  );
}

function stillOpen(items: RunSummary[], selected: ReadonlySet<string>): string {
  const open = items.filter(({ id, status }) => selected.has(id) && !isFinal(status)).length;
  return open === 0 ? '' : ` ${formatCount(open, 'run')} of them cannot be deleted before they have ended.`;
}

function NoRuns({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="No runs match this search">
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
