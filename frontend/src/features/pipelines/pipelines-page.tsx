import { Anchor, Button, Table, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { usePagedSearch } from '@/api/paged-list';
import { pipelinesQuery } from '@/api/pipelines';
import type { PipelineSummary } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchableList } from '@/components/input/searchable-list';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { paths } from '@/lib/paths';

const pipelinesPerPage = 100;

export function PipelinesPage() {
  const query = useInfiniteQuery(pipelinesQuery());
  const [search, setSearch] = useSearchParams();
  const searchText = search.get('q') ?? '';
  const found = usePagedSearch(query, searchText, pipelinesPerPage);
  return (
    <>
      <PageHeading title="Pipelines" />
      <SearchableList
        noun="pipelines"
        query={query}
        empty={<NoPipelines />}
        searchText={searchText}
        onSearchText={(q) => setSearch(q === '' ? {} : { q }, { replace: true })}
        found={found}
      >
        {(items) => <PipelineTable pipelines={items} />}
      </SearchableList>
    </>
  );
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

function PipelineTable({ pipelines }: { pipelines: PipelineSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Pipeline</Table.Th>
            <Table.Th>Steps</Table.Th>
            <Table.Th ta="right">Version</Table.Th>
            <Table.Th>Changed</Table.Th>
            <Table.Th pos="relative">
              <VisuallyHidden>Use</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pipelines.map((pipeline) => (
            <Table.Tr key={pipeline.id}>
              <Table.Td className="cut" maw={280}>
                <Anchor component={Link} to={paths.pipeline(pipeline.id)} dir="auto">
                  {pipeline.name}
                </Anchor>
              </Table.Td>
              <Table.Td className="cut" maw={320} dir="auto">
                {namesOf(pipeline)}
              </Table.Td>
              <Table.Td ta="right">{pipeline.version}</Table.Td>
              <Table.Td>
                <Timestamp at={pipeline.updatedAt} />
              </Table.Td>
              <Table.Td ta="right">
                <Anchor component={Link} to={paths.newRun({ pipeline: pipeline.id })} size="sm">
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

function namesOf({ stepCount, stepNames }: PipelineSummary): string {
  return [...stepNames, ...(stepCount > stepNames.length ? ['…'] : [])].join(' → ');
}
