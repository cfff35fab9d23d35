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

/** Renames the checks for people and merges checks of one part: it is down when any of them is down. */
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

/** The data of a check without the entries that only repeat its status. */
function factsOf({ data = {}, status }: HealthCheck): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== status));
}
