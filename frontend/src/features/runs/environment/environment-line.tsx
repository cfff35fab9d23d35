import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { RunEnvironment } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { packagesText, readyText } from '@/lib/environments/environment';
import { paths } from '@/lib/paths';
import classes from './run-environment.module.css';

/** The environment of a run in one line, once it is built. */
export function EnvironmentLine({ environment }: { environment: RunEnvironment }) {
  const { id, status, packages } = environment;
  return (
    <div className={classes.line}>
      <EnvironmentMark status={status}>
        {status === 'READY' ? readyText(environment) : undefined}
      </EnvironmentMark>
      <Anchor component={Link} to={paths.environment(id)} size="sm">
        {packagesText(packages) ?? 'Packages'}
      </Anchor>
    </div>
  );
}
