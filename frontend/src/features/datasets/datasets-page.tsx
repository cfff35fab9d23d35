import { Anchor, Button, Table, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { datasetsQuery } from '@/api/datasets';
import { usePagedSearch } from '@/api/paged-list';
import type { DatasetSummary } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchableList } from '@/components/input/searchable-list';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

const datasetsPerPage = 100;

export function DatasetsPage() {
  const query = useInfiniteQuery(datasetsQuery());
  const [search, setSearch] = useSearchParams();
  const searchText = search.get('q') ?? '';
  const found = usePagedSearch(query, searchText, datasetsPerPage);
  return (
    <>
      <PageHeading title="Datasets" />
      <SearchableList
        noun="datasets"
        query={query}
        empty={<NoDatasets />}
        searchText={searchText}
        onSearchText={(q) => setSearch(q === '' ? {} : { q }, { replace: true })}
        found={found}
      >
        {(items) => <DatasetTable datasets={items} />}
      </SearchableList>
    </>
  );
}

function NoDatasets() {
  return (
    <EmptyState title="No datasets yet">
      Upload a JSON, NDJSON or CSV file under New run. It is kept here for later runs.
      <Button component={Link} to={paths.newRun()}>
        Upload a dataset
      </Button>
    </EmptyState>
  );
}

function DatasetTable({ datasets }: { datasets: DatasetSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Dataset</Table.Th>
            <Table.Th ta="right">Records</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th ta="right">Fields</Table.Th>
            <Table.Th>Uploaded</Table.Th>
            <Table.Th pos="relative">
              <VisuallyHidden>Use</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {datasets.map((dataset) => (
            <Table.Tr key={dataset.id}>
              <Table.Td className="cut" maw={320}>
                <Anchor component={Link} to={paths.dataset(dataset.id)} dir="auto">
                  {dataset.name}
                </Anchor>
              </Table.Td>
              <Table.Td ta="right">{formatNumber(dataset.records)}</Table.Td>
              <Table.Td ta="right">{formatBytes(dataset.bytes)}</Table.Td>
              <Table.Td ta="right">{formatNumber(dataset.fieldCount)}</Table.Td>
              <Table.Td>
                <Timestamp at={dataset.createdAt} />
              </Table.Td>
              <Table.Td ta="right">
                <Anchor component={Link} to={paths.newRun({ dataset: dataset.id })} size="sm">
                  New run
                </Anchor>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
