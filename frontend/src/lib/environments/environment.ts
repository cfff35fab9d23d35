import { formatBytes, formatCount, formatDuration } from '../format';
import type { State } from '../states';

/** What the page shows of an environment: the packages of a pipeline, at fixed versions, installed for its scripts. */

export type EnvironmentStatus = 'RESOLVING' | 'BUILDING' | 'READY' | 'FAILED' | 'EVICTED';

/** `size` is that of its wheel in bytes, or negative where the index does not say it. */
export type LockedPackage = { name: string; version: string; size: number; requiredBy: string[] };

/** What the build of an environment waits for; it goes on by itself. */
export type Obstacle = 'INDEX' | 'DOCKER' | 'DISK' | 'SERVICE' | 'BUILDER';

const labels: Record<EnvironmentStatus, string> = {
  RESOLVING: 'Resolving',
  BUILDING: 'Building',
  READY: 'Ready',
  FAILED: 'Failed',
  EVICTED: 'Removed from disk',
};

const states: Record<EnvironmentStatus, State> = {
  RESOLVING: 'RUNNING',
  BUILDING: 'RUNNING',
  READY: 'SUCCEEDED',
  FAILED: 'FAILED',
  EVICTED: 'CANCELLED',
};

export function environmentLabel(status: EnvironmentStatus): string {
  return labels[status];
}

/** The state whose colour and shape an environment is shown with. */
export function environmentState(status: EnvironmentStatus): State {
  return states[status];
}

/** Whether the environment changes by itself. */
export function isInWork(status: EnvironmentStatus): boolean {
  return status === 'RESOLVING' || status === 'BUILDING';
}

/**
 * `12 packages, 48 MB`; undefined until the versions are known. `unpacked` is what they take on the disk, for wheels whose
 * size nobody has told.
 */
export function packagesText(
  packages: readonly { name: string; size?: number }[],
  unpacked?: number | null,
): string | undefined {
  if (packages.length === 0) {
    return undefined;
  }
  const known = packages.reduce((sum, { size = 0 }) => sum + Math.max(0, size), 0);
  const bytes = known === 0 ? (unpacked ?? 0) : known;
  const count = formatCount(packages.length, 'package');
  return bytes === 0 ? count : `${count}, ${formatBytes(bytes)}`;
}

const obstacles: Record<Obstacle, string> = {
  INDEX: 'The package index does not respond. It is asked again by itself.',
  DOCKER: 'The Docker engine does not respond. The build goes on as soon as it does.',
  DISK: 'There is no room on the disk. Remove environments that are not needed, and the build goes on.',
  SERVICE: 'The build stopped unexpectedly. It is tried again by itself.',
  BUILDER: 'Other environments are built first.',
};

/** What the build waits for, and what follows. */
export function obstacleText(waitsFor: Obstacle): string {
  return obstacles[waitsFor];
}

const failures: Record<string, string> = {
  PACKAGES_INVALID: 'A line of the packages is not valid',
  PACKAGE_NOT_FOUND: 'A package was not found',
  PACKAGE_HAS_NO_WHEEL: 'A package has no wheel for this service',
  PACKAGES_CONFLICT: 'The packages do not fit together',
  PYTHON_MISMATCH: 'A package needs another version of Python',
  PACKAGE_TOO_NEW: 'A package is too new',
  PACKAGE_FORBIDDEN: 'A package is not allowed here',
  PACKAGE_BY_URL: 'A package requires another one by its address',
  WHEEL_REFUSED: 'A wheel was refused',
  HASH_MISMATCH: 'A wheel is not the one that the index announced',
  ENVIRONMENT_TOO_LARGE: 'The packages are too large',
  ENVIRONMENT_TIMEOUT: 'The packages took too long',
};

/** What has failed, for a code of the service. */
export function failureTitle(code: string): string {
  return failures[code] ?? 'The packages cannot be installed';
}

type Built = { cached: boolean; resolveMillis?: number | null; buildMillis?: number | null };

/** `Environment ready`, and how long its build took where there was one. */
export function readyText({ cached, resolveMillis, buildMillis }: Built): string {
  const took = (resolveMillis ?? 0) + (buildMillis ?? 0);
  return cached || took === 0 ? 'Environment ready' : `Environment ready, built in ${formatDuration(took)}`;
}
