import { Button, Group, Text } from '@mantine/core';
import { declarationOf } from '@/api/environments';
import type { Environment } from '@/api/types';
import { isInWork } from '@/lib/environments/environment';
import { DraftEnvironmentBuild } from '../packages/draft-environment-build';

type TrialWaitingProps = { environment: Environment | undefined; onStop: () => void };

/** Step 0 of a trial: the build of its environment, while there is one. */
export function TrialWaiting({ environment, onStop }: TrialWaitingProps) {
  if (environment === undefined || !isInWork(environment.status)) {
    return null;
  }
  return (
    <section aria-label="Environment">
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500} role="status">
          The trial starts when its packages are installed.
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={onStop}>
          Stop waiting
        </Button>
      </Group>
      <DraftEnvironmentBuild environment={environment} declaration={declarationOf(environment)} />
    </section>
  );
}
