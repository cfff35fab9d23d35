export type HealthCheck = { name: string; status: 'UP' | 'DOWN'; data?: Record<string, unknown> };

/** Checks of the framework have names that say little to people; those of the service are plain words. */
const frameworkNames: [prefix: string, name: string][] = [
  ['SmallRye Reactive Messaging', 'Message channels'],
  ['Graceful Shutdown', 'Accepting requests'],
];

function nameForPeople(name: string): string {
  const known = frameworkNames.find(([prefix]) => name.startsWith(prefix))?.[1];
  return known ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** Renames the checks for people and merges checks of one part: it is down when any of them is down. */
export function healthRows(checks: HealthCheck[]): HealthCheck[] {
  const rows = new Map<string, HealthCheck>();
  for (const check of checks) {
    const name = nameForPeople(check.name);
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
