import type { ReactNode } from 'react';
import { StateMark } from '@/components/state/state-mark';
import { type EnvironmentStatus, environmentLabel, environmentState } from '@/lib/environments/environment';

type EnvironmentMarkProps = { status: EnvironmentStatus; children?: ReactNode };

/** The state of an environment, in its own words. */
export function EnvironmentMark({ status, children }: EnvironmentMarkProps) {
  return <StateMark state={environmentState(status)}>{children ?? environmentLabel(status)}</StateMark>;
}
