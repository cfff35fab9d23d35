import { Anchor, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { datasetsQuery } from '@/api/datasets';
import { pipelinesQuery } from '@/api/pipelines';
import { runsQuery } from '@/api/runs';
import type { DatasetSummary, PipelineSummary } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { RunsTable } from '@/features/runs/list/runs-table';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { AtAGlance } from './at-a-glance';
import { HealthNotice } from './health-notice';
import { type ListQuery, ShortList } from './short-list';
import { Examples, Welcome } from './welcome';

const shownRuns = 8;
const shownItems = 5;

export function HomePage() {
  const runs = useQuery(runsQuery({ limit: shownRuns }));
  const pipelines = useInfiniteQuery(pipelinesQuery({ limit: shownItems }));
  const datasets = useInfiniteQuery(datasetsQuery({ limit: shownItems }));
  return (
    <Stack gap="lg">
      <title>Data Pipeline</title>
      <HealthNotice />
      <QuerySection name="Recent runs" query={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <>
              <Welcome />
              <Examples />
            </>
          ) : (
            <section aria-labelledby="recent-heading">
              <Group justify="space-between" mb={6}>
                <Title order={1} fz="lg" id="recent-heading">
                  Recent runs
                </Title>
                <Anchor component={Link} to={paths.runs} size="sm">
                  All runs
                </Anchor>
              </Group>
              <AtAGlance />
              <RunsTable runs={items} />
            </section>
          )
        }
      </QuerySection>
      {/* The lists wait for the runs above them, so that the layout does not shift. */}
      {!runs.isPending && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <SavedPipelines query={pipelines} />
          <RecentDatasets query={datasets} />
        </SimpleGrid>
      )}
      {!pipelines.isPending && !datasets.isPending && hasRuns(runs.data) && <Examples />}
    </Stack>
  );
}

function hasRuns(runs: { items: unknown[] } | undefined): boolean {
  return runs !== undefined && runs.items.length > 0;
}

function SavedPipelines({ query }: { query: ListQuery<PipelineSummary> }) {
  return (
    <ShortList
      title="Saved pipelines"
      all={paths.pipelines}
      nothing="No saved pipelines yet. Save one under New run to use it again."
      query={query}
      rowOf={(pipeline) => ({
        id: pipeline.id,
        name: pipeline.name,
        fact: formatCount(pipeline.stepCount, 'step'),
        to: paths.newRun({ pipeline: pipeline.id }),
      })}
    />
  );
}

function RecentDatasets({ query }: { query: ListQuery<DatasetSummary> }) {
  return (
    <ShortList
      title="Datasets"
      all={paths.datasets}
      nothing="No datasets yet. Uploaded files are kept here for later runs."
      query={query}
      rowOf={(dataset) => ({
        id: dataset.id,
        name: dataset.name,
        fact: formatCount(dataset.records, 'record'),
        to: paths.dataset(dataset.id),
      })}
    />
  );
}
