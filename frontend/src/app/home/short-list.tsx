import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { QuerySection } from '@/components/feedback/query-section';

export type ListQuery<Item> = { data: Item[] | undefined; error: Error | null; refetch: () => unknown };

type ShortListProps<Item> = {
  title: string;
  all: string;
  nothing: string;
  query: ListQuery<Item>;
  rowOf: (item: Item) => { id: string; name: string; fact: string; to: string };
};

/** The newest items of a list, with a link to all of them. */
export function ShortList<Item>({ title, all, nothing, query, rowOf }: ShortListProps<Item>) {
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
      <QuerySection name={title} query={query}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" className="quiet">
              {nothing}
            </Text>
          ) : (
            <Stack gap={4}>
              {items.map(rowOf).map((row) => (
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
