import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { paths } from '@/lib/paths';

/** The last resort: a page that failed while it was drawn. What was typed is kept in the drafts. */
export function PageError() {
  return (
    <Container py="xl">
      <Stack gap="xs" align="flex-start">
        <title>Error · Data Pipeline</title>
        <Title order={1} fz="xl">
          This page failed
        </Title>
        <Text>Something in the page broke while it was shown. Your runs go on and your drafts are kept.</Text>
        <Group>
          <Button onClick={() => window.location.reload()}>Load again</Button>
          <Anchor href={paths.home}>Go home</Anchor>
        </Group>
      </Stack>
    </Container>
  );
}
