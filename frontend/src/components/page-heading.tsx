import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" mb="sm" gap="xs">
      <title>{`${title} · Data Pipeline`}</title>
      <Title order={1} fz="xl" dir="auto" className="cut">
        {title}
      </Title>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
