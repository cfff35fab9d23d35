import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Declaration, useEnvironmentLog, useUpdatedEnvironment } from '@/api/environments';
import type { Environment } from '@/api/types';
import { EnvironmentBuild } from '@/components/environment/environment-build';
import { ProblemAlert } from '@/components/feedback/problem-alert';

type DraftEnvironmentBuildProps = { environment: Environment; declaration: Declaration };

/** The build of the environment of a draft; its log is shown on demand. The service remembers failures for a while. */
export function DraftEnvironmentBuild({ environment, declaration }: DraftEnvironmentBuildProps) {
  const [isShown, setShown] = useState(false);
  const text = useEnvironmentLog(environment, isShown);
  const again = useUpdatedEnvironment(declaration);
  return (
    <EnvironmentBuild environment={environment} log={{ isShown, text, onToggle: setShown }}>
      <Button
        size="compact-xs"
        variant="default"
        mt="xs"
        loading={again.isPending}
        title="Asks the package index again, for example after a package was added to it"
        onClick={() => again.mutate()}
      >
        Try again
      </Button>
      {again.error !== null && <ProblemAlert error={again.error} />}
    </EnvironmentBuild>
  );
}
