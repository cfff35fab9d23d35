import { Stack, Text, Title } from '@mantine/core';
import type { Step } from '@/api/types';
import { LineDifference } from '@/components/code/line-difference';
import { changedScripts } from '@/lib/changed-scripts';

/** What changed in the scripts between two versions of a pipeline. */
export function VersionDifference({ before, after }: { before: Step[]; after: Step[] }) {
  const changes = changedScripts(before, after);
  if (changes.length === 0) {
    return <Text>These versions have the same steps and scripts.</Text>;
  }
  return (
    <Stack gap="md">
      {changes.map((change) => (
        <section key={`${change.step} ${change.stage}`}>
          <Title order={2} fz="md" mb={4} dir="auto">
            {change.step} · {change.stage}
          </Title>
          <LineDifference before={change.before} after={change.after} />
        </section>
      ))}
    </Stack>
  );
}
