import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Explains an empty section and how to fill it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack gap={6} align="center" py="xl" px="md" ta="center">
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  );
}
