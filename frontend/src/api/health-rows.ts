export type HealthCheck = { name: string; status: 'UP' | 'DOWN'; data?: Record<string, unknown> };

const names: [RegExp, string][] = [
  [/reactive messaging/i, 'Message channels'],
  [/database/i, 'Database'],
  [/worker/i, 'Worker'],
  [/sandbox/i, 'Sandboxes'],
  [/docker/i, 'Docker'],
  [/disk|storage/i, 'Disk'],
  [/shutdown/i, 'Accepting requests'],
];

/** The checks under names people know; several checks of one thing are one, and down when any of them is. */
export function healthRows(checks: HealthCheck[]): HealthCheck[] {
  const rows = new Map<string, HealthCheck>();
  for (const check of checks) {
    const name = names.find(([pattern]) => pattern.test(check.name))?.[1] ?? check.name;
    const before = rows.get(name);
    rows.set(name, {
      name,
      status: before?.status === 'DOWN' ? 'DOWN' : check.status,
      data: { ...before?.data, ...factsOf(check) },
    });
  }
  return [...rows.values()];
}

/** What a check adds to its state; a fact that only repeats the state is none. */
function factsOf({ data = {}, status }: HealthCheck): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== status));
}
