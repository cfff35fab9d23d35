import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says what would be here and how it gets here. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack gap={6} align="center" py="xl" px="md" ta="center">
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  );
}
