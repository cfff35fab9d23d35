import { Text } from '@mantine/core';
import type { Environment } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { readyText } from '@/lib/environments/environment';

/** The state of the environment in one line. */
export function EnvironmentStatusLine({
  environment,
  isCurrent,
}: {
  environment: Environment;
  isCurrent: boolean;
}) {
  return (
    <Text size="sm" component="div" role="status" className={isCurrent ? undefined : 'quiet'}>
      {isCurrent ? (
        <EnvironmentMark status={environment.status}>
          {environment.status === 'READY' ? readyText(environment) : undefined}
        </EnvironmentMark>
      ) : (
        'Waiting for a pause in typing'
      )}
    </Text>
  );
}
