import { Alert, Button, Stack } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { BuildStep } from '@/lib/environments/build-step';
import {
  type EnvironmentStatus,
  failureTitle,
  isInWork,
  type Obstacle,
  obstacleText,
} from '@/lib/environments/environment';
import { BuildSteps } from './build-steps';
import classes from './environment.module.css';
import { LiveLog } from './live-log';

type Build = {
  status: EnvironmentStatus;
  steps: readonly BuildStep[];
  error?: { code: string; message: string } | null | undefined;
  waitsFor?: Obstacle | null | undefined;
  waitsReason?: string | null | undefined;
};

type EnvironmentBuildProps = {
  environment: Build;
  log: { isShown: boolean; text: string | undefined; onToggle: (isShown: boolean) => void };
  /** What somebody can do when the build has failed. */
  children?: ReactNode;
};

/** The build of an environment: its steps, what it waits for, why it failed, and its log. */
export function EnvironmentBuild({ environment, log, children }: EnvironmentBuildProps) {
  const logId = useId();
  const { status, steps, error, waitsFor, waitsReason } = environment;
  return (
    <Stack gap={8}>
      {error != null && (
        <Alert color="red" role="alert" title={failureTitle(error.code)} py={8}>
          <pre className={classes.message}>{error.message}</pre>
          {children}
        </Alert>
      )}
      {isInWork(status) && waitsFor != null && (
        <div className={classes.notice} role="status">
          {obstacleText(waitsFor)}
          {waitsReason ? <div className="quiet">{waitsReason}</div> : null}
        </div>
      )}
      <BuildSteps steps={steps} />
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          ml={-8}
          aria-expanded={log.isShown}
          aria-controls={logId}
          onClick={() => log.onToggle(!log.isShown)}
        >
          {log.isShown ? 'Hide the log' : 'Show the log'}
        </Button>
        <div id={logId}>{log.isShown && <LiveLog text={log.text} label="Log of the build" />}</div>
      </div>
    </Stack>
  );
}
