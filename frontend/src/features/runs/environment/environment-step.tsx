import { Anchor, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironmentLog } from '@/api/environments';
import type { RunEnvironment } from '@/api/types';
import { EnvironmentBuild } from '@/components/environment/environment-build';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './run-environment.module.css';

/** Step 0 of a run: its packages are installed, or could not be. */
export function EnvironmentStep({ run, environment }: { run: string; environment: RunEnvironment }) {
  const [isShown, setShown] = useState(true);
  const text = useEnvironmentLog(environment, isShown);
  const { id, status, packages } = environment;
  return (
    <section className={classes.step} aria-labelledby="environment-heading">
      <div className={classes.heading}>
        <Title order={2} fz="md" id="environment-heading">
          Step 0: Environment
        </Title>
        <EnvironmentMark status={status} />
        <Anchor component={Link} to={paths.environment(id)} size="sm">
          {packages.length === 0 ? 'Open the environment' : formatCount(packages.length, 'package')}
        </Anchor>
      </div>
      <EnvironmentBuild environment={environment} log={{ isShown, text, onToggle: setShown }}>
        <Anchor component={Link} to={paths.newRun({ from: run })} size="sm" c="inherit" underline="always">
          Change the packages and run again
        </Anchor>
      </EnvironmentBuild>
    </section>
  );
}
