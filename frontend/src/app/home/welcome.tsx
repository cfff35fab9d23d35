import { Anchor, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { upstreamsQuery } from '@/api/model-calls';
import { exampleTitles } from '@/lib/examples';
import { paths } from '@/lib/paths';

/** An introduction, shown until there is a run. */
export function Welcome() {
  const [first] = exampleTitles();
  return (
    <Stack gap="xs" align="flex-start" py="lg">
      <Title order={1} fz={26}>
        Run Python scripts on your data, in batches, in isolated containers
      </Title>
      <Text maw={640}>
        Upload CSV, Excel, Parquet or JSON, write a script for each step, try it on three records, then run it
        on all of them. Download the results, or look at any record before and after each script.
      </Text>
      <Group mt="xs">
        {first !== undefined && (
          <Button size="sm" component={Link} to={paths.newRun({ example: first.id })}>
            Try an example
          </Button>
        )}
        <Button size="sm" variant="default" component={Link} to={paths.newRun()}>
          Start with your own data
        </Button>
      </Group>
    </Stack>
  );
}

export function Examples() {
  const { data: upstreams } = useQuery(upstreamsQuery());
  const withModels = upstreams !== undefined && upstreams.items.length > 0;
  return (
    <section aria-labelledby="examples-heading">
      <Title order={2} fz="md" mb={6} id="examples-heading">
        Examples
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {exampleTitles({ withModels }).map((example) => (
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
