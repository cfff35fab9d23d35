import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '@/lib/paths';

export function NotFoundPage() {
  return (
    <Stack gap="xs" py="xl" align="flex-start">
      <title>Not found · Data Pipeline</title>
      <Title order={1} fz="xl">
        There is no such page
      </Title>
      <Text>The address leads nowhere. It may be misspelt, or what it showed may be gone.</Text>
      <Anchor component={Link} to={paths.home}>
        Go home
      </Anchor>
    </Stack>
  );
}
