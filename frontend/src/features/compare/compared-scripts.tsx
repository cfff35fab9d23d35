import { Stack, Text, Title } from '@mantine/core';
import type { Run } from '@/api/types';
import { LineDifference } from '@/components/code/line-difference';
import { changedScripts } from '@/lib/changed-scripts';

/** Which scripts differ between two runs, line by line. */
export function ComparedScripts({ first, second }: { first: Run; second: Run }) {
  const changes = changedScripts(first.pipeline.steps, second.pipeline.steps);
  return (
    <section aria-labelledby="scripts-heading">
      <Title order={2} fz="md" mb={4} id="scripts-heading">
        Scripts
      </Title>
      {changes.length === 0 ? (
        <Text size="sm" className="quiet">
          Both runs have the same scripts.
        </Text>
      ) : (
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
      )}
    </section>
  );
}
