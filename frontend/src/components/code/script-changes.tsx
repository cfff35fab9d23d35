import { Stack, Text } from '@mantine/core';
import type { ChangedScript } from '@/lib/changed-scripts';
import { LineDifference } from './line-difference';

/** Scripts that differ, line by line. */
export function ScriptChanges({ changes }: { changes: ChangedScript[] }) {
  return (
    <Stack gap="sm">
      {changes.map((change) => (
        <div key={`${change.step} ${change.stage}`}>
          <Text size="sm" fw={500} mb={4} dir="auto">
            {change.step} · {change.stage}
          </Text>
          <LineDifference before={change.before} after={change.after} />
        </div>
      ))}
    </Stack>
  );
}
