import type { Environment, RunEnvironment } from '@/api/types';

const builtSteps: Environment['steps'] = [
  { name: 'resolve', status: 'DONE', millis: 812, done: null, total: null },
  { name: 'fetch', status: 'DONE', millis: 1900, done: 48_000_000, total: 48_000_000 },
  { name: 'install', status: 'DONE', millis: 700, done: 2004, total: 2004 },
  { name: 'compile', status: 'DONE', millis: 900, done: 900, total: 900 },
  { name: 'check', status: 'DONE', millis: 300, done: null, total: null },
];

/** An environment that is ready. */
export function anEnvironment(changes: Partial<Environment> = {}): Environment {
  return {
    id: '7f3a0000-0000-4000-8000-000000000004',
    status: 'READY',
    declared: [{ requirement: 'pandas>=2', from: 'packages, line 1' }],
    requiresPython: null,
    image: 'default',
    python: '3.11.2',
    platform: 'linux_x86_64',
    packages: [
      { name: 'pandas', version: '2.2.0', size: 30_000_000, requiredBy: [], index: 'default' },
      { name: 'numpy', version: '2.0.1', size: 18_000_000, requiredBy: ['pandas'], index: 'default' },
    ],
    size: 96_000_000,
    warnings: [],
    error: null,
    waitsReason: null,
    cached: false,
    resolveMillis: 812,
    buildMillis: 3800,
    steps: builtSteps,
    usedBy: { pipelines: [], openRuns: 0, runs: 0 },
    createdAt: '2026-03-01T10:00:00Z',
    lockedAt: '2026-03-01T10:00:01Z',
    lastUsedAt: '2026-03-01T10:00:05Z',
    ...changes,
  };
}

/** An environment whose wheels are being fetched. */
export function aBuild(changes: Partial<Environment> = {}): Environment {
  const [resolve, fetch, ...later] = builtSteps;
  return anEnvironment({
    status: 'BUILDING',
    size: null,
    buildMillis: null,
    steps: [
      ...(resolve === undefined ? [] : [resolve]),
      ...(fetch === undefined
        ? []
        : [{ ...fetch, status: 'RUNNING' as const, millis: null, done: 31_000_000 }]),
      ...later.map(({ name }) => ({
        name,
        status: 'WAITING' as const,
        millis: null,
        done: null,
        total: null,
      })),
    ],
    ...changes,
  });
}

/** The environment of a run. */
export function aRunEnvironment(changes: Partial<RunEnvironment> = {}): RunEnvironment {
  const { id, status, image, cached, resolveMillis, buildMillis, packages, error, waitsReason, steps } =
    anEnvironment();
  return {
    id,
    status,
    image,
    cached,
    resolveMillis,
    buildMillis,
    packages: packages.map(({ name, version }) => ({ name, version })),
    error,

    waitsReason,
    steps,
    ...changes,
  };
}
