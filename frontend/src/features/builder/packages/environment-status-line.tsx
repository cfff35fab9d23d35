import { Text } from '@mantine/core';
import type { Environment } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { readyText } from '@/lib/environments/environment';

type EnvironmentStatusLineProps = {
  environment: Environment | undefined;
  isCurrent: boolean;
  /** The line that is being typed. */
  typedLine: number | undefined;
};

/** The state of the environment in one line. */
export function EnvironmentStatusLine({ environment, isCurrent, typedLine }: EnvironmentStatusLineProps) {
  const waiting = waitingText(isCurrent, typedLine, environment);
  return (
    <Text size="sm" component="div" role="status" className={waiting === undefined ? undefined : 'quiet'}>
      {waiting ??
        (environment !== undefined && (
          <EnvironmentMark status={environment.status}>
            {environment.status === 'READY' ? readyText(environment) : undefined}
          </EnvironmentMark>
        ))}
    </Text>
  );
}

function waitingText(
  isCurrent: boolean,
  typedLine: number | undefined,
  environment: Environment | undefined,
) {
  if (typedLine !== undefined && !isCurrent) {
    return `Line ${typedLine} is looked up when the cursor leaves it`;
  }
  return isCurrent || environment === undefined ? undefined : 'Waiting for a pause in typing';
}
