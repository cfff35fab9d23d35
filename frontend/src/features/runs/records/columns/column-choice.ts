/** The columns that somebody has chosen for a table of records. */
export type ColumnChoice = {
  /** In the order of the table. */
  names: string[];
  /** How many of the first columns stay while the others scroll sideways. */
  pinned: number;
};

/** More columns than this make the table slow. */
export const maxChosen = 50;

/** A comma separates names in the address, so that each is encoded. */
export function columnChoiceOf(search: URLSearchParams): ColumnChoice | undefined {
  const columns = search.get('columns');
  if (!columns) {
    return undefined;
  }
  const names = [...new Set(columns.split(',').map(decoded))].filter((name) => name !== '');
  const pinned = Number(search.get('pinned') ?? 0);
  return names.length === 0
    ? undefined
    : limited({ names, pinned: Number.isInteger(pinned) && pinned > 0 ? pinned : 0 });
}

/** How a choice stands in the address. */
export function columnParams(choice: ColumnChoice | undefined): { columns?: string; pinned?: string } {
  if (choice === undefined) {
    return {};
  }
  return {
    columns: choice.names.map((name) => encodeURIComponent(name)).join(','),
    ...(choice.pinned > 0 ? { pinned: String(choice.pinned) } : {}),
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Somebody has typed a percent sign into the address.
    return name;
  }
}

function limited({ names, pinned }: ColumnChoice): ColumnChoice {
  const kept = names.slice(0, maxChosen);
  return { names: kept, pinned: Math.min(pinned, kept.length) };
}

/** The choice with a column shown at the end, or no longer shown. */
export function toggled({ names, pinned }: ColumnChoice, name: string): ColumnChoice {
  const at = names.indexOf(name);
  return at === -1
    ? limited({ names: [...names, name], pinned })
    : { names: names.toSpliced(at, 1), pinned: at < pinned ? pinned - 1 : pinned };
}

/** The choice with a column one place further to the left (-1) or to the right (1), within its group. */
export function moved({ names, pinned }: ColumnChoice, name: string, by: -1 | 1): ColumnChoice {
  const at = names.indexOf(name);
  const to = at + by;
  const isWithin = at !== -1 && to >= 0 && to < names.length && at < pinned === to < pinned;
  return isWithin ? { names: names.toSpliced(at, 1).toSpliced(to, 0, name), pinned } : { names, pinned };
}

/** The choice with a column pinned as the last of the pinned ones, or the first of the others. */
export function pinToggled({ names, pinned }: ColumnChoice, name: string): ColumnChoice {
  const at = names.indexOf(name);
  const isPinned = at < pinned;
  const count = isPinned ? pinned - 1 : pinned + 1;
  return {
    names: names.toSpliced(at, 1).toSpliced(isPinned ? count : count - 1, 0, name),
    pinned: count,
  };
}
