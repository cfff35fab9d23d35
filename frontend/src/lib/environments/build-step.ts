import { formatBytes, formatCount, formatDuration, formatNumber } from '../format';
import type { State } from '../states';

/** A step of the build of an environment. `fetch` counts bytes, the others what {@link units} says. */
export type BuildStep = {
  name: 'resolve' | 'fetch' | 'install' | 'compile' | 'check';
  status: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  millis?: number | null | undefined;
  done?: number | null | undefined;
  total?: number | null | undefined;
};

const labels: Record<BuildStep['name'], string> = {
  resolve: 'Resolve versions',
  fetch: 'Fetch',
  install: 'Install',
  compile: 'Compile',
  check: 'Check imports',
};

const units: Record<Exclude<BuildStep['name'], 'fetch'>, string> = {
  resolve: 'package',
  install: 'file',
  compile: 'file',
  check: 'module',
};

const states: Record<BuildStep['status'], State> = {
  WAITING: 'PENDING',
  RUNNING: 'RUNNING',
  DONE: 'SUCCEEDED',
  FAILED: 'FAILED',
};

export function buildStepLabel(name: BuildStep['name']): string {
  return labels[name];
}

export function buildStepState(status: BuildStep['status']): State {
  return states[status];
}

/** `31 of 48 MB`, `812 of 2,004 files`, then `48 MB`; with the time once it is known. */
export function buildStepFacts({ name, status, millis, done, total }: BuildStep): string {
  const amount = status === 'WAITING' ? undefined : amountOf(name, done ?? undefined, total ?? undefined);
  const time = millis == null ? undefined : formatDuration(millis);
  return [amount, time].filter((fact) => fact !== undefined).join(' · ');
}

function amountOf(name: BuildStep['name'], done: number | undefined, total: number | undefined) {
  if (total === undefined || total === 0) {
    return undefined;
  }
  const isAll = done === undefined || done >= total;
  if (name === 'fetch') {
    return isAll ? formatBytes(total) : bytesOf(done, total);
  }
  const whole = formatCount(total, units[name]);
  return isAll ? whole : `${formatNumber(done)} of ${whole}`;
}

/** The unit is named once where both have the same. */
function bytesOf(done: number, total: number): string {
  const [part, whole] = [formatBytes(done), formatBytes(total)];
  const unit = whole.slice(whole.lastIndexOf(' '));
  return `${part.endsWith(unit) ? part.slice(0, -unit.length) : part} of ${whole}`;
}
