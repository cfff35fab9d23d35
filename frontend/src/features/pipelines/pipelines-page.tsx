import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import {
  deletePipeline,
  type PipelineFilter,
  pipelineKeys,
  pipelinesQuery,
  pipelineTotalsQuery,
} from '@/api/pipelines';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchableList } from '@/components/input/searchable-list';
import { SelectionBar } from '@/components/list/selection-bar';
import { StarredSwitch } from '@/components/list/starred-switch';
import { useSelection } from '@/components/list/use-selection';
import { PageHeading } from '@/components/page-heading';
import { formatCount } from '@/lib/format';
import { changedSearch } from '@/lib/list-search';
import { paths } from '@/lib/paths';
import { PipelineTable } from './pipeline-table';

type Sort = NonNullable<PipelineFilter['sort']>;

const sorts: Record<Sort, string> = {
  NEWEST: 'Newest first',
  LAST_CHANGED: 'Last changed first',
  NAME: 'By name',
};

export function PipelinesPage() {
  const queryClient = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const query = useInfiniteQuery(pipelinesQuery(filter));
  const { data: totals } = useQuery(pipelineTotalsQuery(filter));
  const selection = useSelection();
  const change = (changes: Record<string, string | undefined>) =>
    setSearch(changedSearch(search, changes), { replace: true });
  return (
    <>
      <PageHeading title="Pipelines" />
      <SearchableList
        noun="pipelines"
        query={query}
        empty={<NoPipelines />}
        searchText={filter.q ?? ''}
        onSearchText={(q) => change({ q })}
        isFiltered={filter.starred === true || filter.tag !== undefined}
        onClear={() => setSearch({}, { replace: true })}
        filters={
          <>
            <NativeSelect
              aria-label="Sort pipelines"
              value={filter.sort ?? 'NEWEST'}
              onChange={(event) => change({ sort: event.currentTarget.value })}
              data={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
            />
            <StarredSwitch
              checked={filter.starred === true}
              onChange={(starred) => change({ starred: starred ? 'true' : undefined })}
            />
            {totals !== undefined && (
              <span className="quiet figures" style={{ alignSelf: 'center' }}>
                {formatCount(totals.pipelines, 'pipeline')}
              </span>
            )}
          </>
        }
      >
        {(items) => (
          <>
            <PipelineTable pipelines={items} selection={selection} />
            <SelectionBar
              noun="pipeline"
              items={items}
              selection={selection}
              consequence="All their versions are deleted for good. Runs keep their own copies of the pipelines."
              remove={deletePipeline}
              onRemoved={() => queryClient.invalidateQueries({ queryKey: pipelineKeys.list() })}
            />
          </>
        )}
      </SearchableList>
    </>
  );
}

function filterOf(search: URLSearchParams): PipelineFilter {
  const [q, tag] = [search.get('q'), search.get('tag')];
  const sort = (Object.keys(sorts) as Sort[]).find((one) => one === search.get('sort'));
  return {
    ...(q ? { q } : {}),
    ...(tag ? { tag } : {}),
    ...(search.get('starred') === 'true' ? { starred: true } : {}),
    ...(sort && sort !== 'NEWEST' ? { sort } : {}),
  };
}

function NoPipelines() {
  return (
    <EmptyState title="No saved pipelines yet">
      Save a pipeline under New run to use it again with other data.
      <Button component={Link} to={paths.newRun()}>
        Build a pipeline
      </Button>
    </EmptyState>
  );
}
