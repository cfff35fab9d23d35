import { Skeleton, Stack } from '@mantine/core';

/** Stands where rows will be, in their height, so that nothing jumps when they come. */
export function RowSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap={8} aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <Skeleton key={row} height={24} radius="sm" />
      ))}
    </Stack>
  );
}
