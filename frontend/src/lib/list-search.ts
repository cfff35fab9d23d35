/** The query of an address with changes; an empty value leaves the query. The page of the list does not stay. */
export function changedSearch(
  search: URLSearchParams,
  changes: Record<string, string | undefined>,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete('cursor');
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') {
      changed.delete(name);
    } else {
      changed.set(name, value);
    }
  }
  return changed;
}

/** The midnight at which a day such as `2026-11-30` begins where the user is, `days` later; undefined for what is no day. */
export function startOfDay(day: string | null, days = 0): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (match === null) {
    return undefined;
  }
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const begin = new Date(year, month - 1, date + days);
  const isDay = new Date(year, month - 1, date).getMonth() === month - 1;
  return isDay && year >= 1970 ? begin.toISOString() : undefined;
}
