import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import {
  type DatasetFilter,
  datasetKeys,
  datasetsQuery,
  datasetTotalsQuery,
  deleteDataset,
} from '@/api/datasets';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchableList } from '@/components/input/searchable-list';
import { SelectionBar } from '@/components/list/selection-bar';
import { StarredSwitch } from '@/components/list/starred-switch';
import { useSelection } from '@/components/list/use-selection';
import { PageHeading } from '@/components/page-heading';
import { formatBytes, formatCount } from '@/lib/format';
import { changedSearch } from '@/lib/list-search';
import { paths } from '@/lib/paths';
import { DatasetTable } from './dataset-table';

type Sort = NonNullable<DatasetFilter['sort']>;

const sorts: Record<Sort, string> = {
  NEWEST: 'Newest first',
  OLDEST: 'Oldest first',
  NAME: 'By name',
  MOST_RECORDS: 'Most records first',
  LARGEST: 'Largest first',
};

export function DatasetsPage() {
  const queryClient = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const query = useInfiniteQuery(datasetsQuery(filter));
  const { data: totals } = useQuery(datasetTotalsQuery(filter));
  const selection = useSelection();
  const change = (changes: Record<string, string | undefined>) =>
    setSearch(changedSearch(search, changes), { replace: true });
  return (
    <>
      <PageHeading title="Datasets">
        <Button component={Link} to={paths.newRun()}>
          Upload a dataset
        </Button>
      </PageHeading>
      <SearchableList
        noun="datasets"
        query={query}
        empty={<NoDatasets />}
        searchText={filter.q ?? ''}
        onSearchText={(q) => change({ q })}
        isFiltered={filter.starred === true || filter.sha256 !== undefined || filter.tag !== undefined}
        onClear={() => setSearch({}, { replace: true })}
        filters={
          <>
            <NativeSelect
              aria-label="Sort datasets"
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
                {formatCount(totals.datasets, 'dataset')} · {formatCount(totals.records, 'record')} ·{' '}
                {formatBytes(totals.bytes)}
              </span>
            )}
          </>
        }
      >
        {(items) => (
          <>
            <DatasetTable datasets={items} selection={selection} />
            <SelectionBar
              noun="dataset"
              items={items}
              selection={selection}
              consequence={`Their records are deleted for good.${inUse(items, selection.ids)}`}
              remove={deleteDataset}
              onRemoved={() => queryClient.invalidateQueries({ queryKey: datasetKeys.list() })}
            />
          </>
        )}
      </SearchableList>
    </>
  );
}

function filterOf(search: URLSearchParams): DatasetFilter {
  const text = (name: string) => search.get(name) || undefined;
  const sort = (Object.keys(sorts) as Sort[]).find((one) => one === search.get('sort'));
  const [q, sha256, tag] = [text('q'), text('sha256'), text('tag')];
  return {
    ...(q ? { q } : {}),
    ...(sha256 ? { sha256 } : {}),
    ...(tag ? { tag } : {}),
    ...(search.get('starred') === 'true' ? { starred: true } : {}),
    ...(sort && sort !== 'NEWEST' ? { sort } : {}),
  };
}

function inUse(items: { id: string; runs: number }[], selected: ReadonlySet<string>): string {
  const used = items.filter(({ id, runs }) => selected.has(id) && runs > 0).length;
  return used === 0 ? '' : ` ${formatCount(used, 'dataset')} of them cannot be deleted, since runs use them.`;
}

function NoDatasets() {
  return (
    <EmptyState title="No datasets yet">
      Upload a CSV, Excel, Parquet or JSON file under New run. It is kept here for later runs.
      <Button component={Link} to={paths.newRun()}>
        Upload a dataset
      </Button>
    </EmptyState>
  );
}
