import { Skeleton, Stack } from '@mantine/core';

/** A placeholder for rows of the same height, so that the layout does not shift. */
export function RowSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap={8} aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical
        <Skeleton key={row} height={24} radius="sm" />
      ))}
    </Stack>
  );
}
