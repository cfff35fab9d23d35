import { Anchor, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { datasetsQuery } from '@/api/datasets';
import { pipelinesQuery } from '@/api/pipelines';
import { problemText } from '@/api/problem-text';
import { runsQuery } from '@/api/runs';
import { QuerySection } from '@/components/query-section';
import { RunsTable } from '@/features/runs/runs-table';
import { exampleTitles } from '@/lib/examples';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { HealthNotice } from './health-notice';

const shownRuns = 8;
const shownItems = 5;

export function HomePage() {
  const runs = useQuery(runsQuery({ limit: shownRuns }));
  return (
    <Stack gap="lg">
      <title>Data Pipeline</title>
      <HealthNotice />
      <QuerySection name="Recent runs" query={runs} describe={problemText}>
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
              <RunsTable runs={items} />
            </section>
          )
        }
      </QuerySection>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <SavedPipelines />
        <RecentDatasets />
      </SimpleGrid>
      {runs.data !== undefined && runs.data.items.length > 0 && <Examples />}
    </Stack>
  );
}

function Welcome() {
  const [first] = exampleTitles();
  return (
    <Stack gap="xs" align="flex-start" py="lg">
      <Title order={1} fz={26}>
        Run Python over your JSON, in batches, in containers
      </Title>
      <Text maw={640}>
        Drop a dataset, write or choose a script per step, try it on three records, then run it on all of them
        and take the results home: for every record its value before and after each script.
      </Text>
      <Group mt="xs">
        {first !== undefined && (
          <Button size="sm" component={Link} to={paths.newRun({ example: first.id })}>
            Open an example
          </Button>
        )}
        <Button size="sm" variant="default" component={Link} to={paths.newRun()}>
          Start with your data
        </Button>
      </Group>
    </Stack>
  );
}

function Examples() {
  return (
    <section aria-labelledby="examples-heading">
      <Title order={2} fz="md" mb={6} id="examples-heading">
        Examples, ready to run
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {exampleTitles().map((example) => (
          <div key={example.id} className="panel" style={{ padding: '10px 14px' }}>
            <Anchor component={Link} to={paths.newRun({ example: example.id })} fw={600}>
              {example.title}
            </Anchor>
            <Text size="sm" className="quiet">
              {example.summary}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </section>
  );
}

function SavedPipelines() {
  const query = useQuery(pipelinesQuery());
  return (
    <ShortList
      title="Saved pipelines"
      all={paths.pipelines}
      nothing="A pipeline you save in the builder is here for the next file."
      query={query}
      rowOf={(pipeline) => ({
        id: pipeline.id,
        name: pipeline.name,
        fact: formatCount(pipeline.steps.length, 'step'),
        to: paths.newRun({ pipeline: pipeline.id }),
      })}
    />
  );
}

function RecentDatasets() {
  const query = useQuery(datasetsQuery());
  return (
    <ShortList
      title="Datasets"
      all={paths.datasets}
      nothing="What you upload stays here for later runs."
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

type ShortListProps<Item> = {
  title: string;
  all: string;
  nothing: string;
  query: { data: { items: Item[] } | undefined; error: Error | null; refetch: () => unknown };
  rowOf: (item: Item) => { id: string; name: string; fact: string; to: string };
};

function ShortList<Item>({ title, all, nothing, query, rowOf }: ShortListProps<Item>) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="md">
          {title}
        </Title>
        <Anchor component={Link} to={all} size="sm">
          All
        </Anchor>
      </Group>
      <QuerySection name={title} query={query} describe={problemText}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" className="quiet">
              {nothing}
            </Text>
          ) : (
            <Stack gap={4}>
              {items
                .slice(0, shownItems)
                .map(rowOf)
                .map((row) => (
                  <Group key={row.id} justify="space-between" wrap="nowrap">
                    <Anchor component={Link} to={row.to} className="cut" dir="auto">
                      {row.name}
                    </Anchor>
                    <Text size="sm" className="quiet figures" style={{ whiteSpace: 'nowrap' }}>
                      {row.fact}
                    </Text>
                  </Group>
                ))}
            </Stack>
          )
        }
      </QuerySection>
    </section>
  );
}
