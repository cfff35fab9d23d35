import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '@/lib/paths';

export function NotFoundPage() {
  return (
    <Stack gap="xs" py="xl" align="flex-start">
      <title>Not found · Data Pipeline</title>
      <Title order={1} fz="xl">
        Page not found
      </Title>
      <Text>
        There is nothing at this address. It may be misspelt, or its run, dataset or pipeline was deleted.
      </Text>
      <Anchor component={Link} to={paths.home}>
        Go to the home page
      </Anchor>
    </Stack>
  );
}
