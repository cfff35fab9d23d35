import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { paths } from '@/lib/paths';

/** Shown when a page throws while it is rendered. Drafts are kept. */
export function PageError() {
  return (
    <Container py="xl">
      <Stack gap="xs" align="flex-start">
        <title>Error · Data Pipeline</title>
        <Title order={1} fz="xl">
          This page crashed
        </Title>
        <Text>
          An error in the page stopped it. Your runs continue and your drafts are kept. Reload the page to
          continue.
        </Text>
        <Group>
          <Button onClick={() => window.location.reload()}>Reload</Button>
          <Anchor href={paths.home}>Go to the home page</Anchor>
        </Group>
      </Stack>
    </Container>
  );
}
