import { Text, Title } from '@mantine/core';
import type { Run } from '@/api/types';
import { ScriptChanges } from '@/components/code/script-changes';
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
        <ScriptChanges changes={changes} />
      )}
    </section>
  );
}
