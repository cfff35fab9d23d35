import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { declarationOf } from '@/api/environments';
import type { Environment } from '@/api/types';
import { useNow } from '@/components/use-now';
import { isInWork } from '@/lib/environments/environment';
import { formatDuration } from '@/lib/format';
import { DraftEnvironmentBuild } from '../packages/draft-environment-build';

type TrialWaitingProps = { environment: Environment | undefined; onStop: () => void };

/** A trial that goes on: for how long, the build of its environment while there is one, and a button that stops it. */
export function TrialWaiting({ environment, onStop }: TrialWaitingProps) {
  const [start] = useState(Date.now);
  const seconds = Math.max(0, Math.floor((useNow(true) - start) / 1000));
  const isBuilding = environment !== undefined && isInWork(environment.status);
  return (
    <section aria-label={isBuilding ? 'Environment' : 'Trial'}>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500} role="status">
          {isBuilding ? 'The trial starts when its packages are installed.' : 'The records are tried.'}
        </Text>
        <Group gap="xs">
          <Text size="sm" className="quiet figures">
            {seconds > 0 && formatDuration(seconds * 1000)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={onStop}>
            {isBuilding ? 'Stop waiting' : 'Cancel'}
          </Button>
        </Group>
      </Group>
      {isBuilding && (
        <DraftEnvironmentBuild environment={environment} declaration={declarationOf(environment)} />
      )}
    </section>
  );
}
