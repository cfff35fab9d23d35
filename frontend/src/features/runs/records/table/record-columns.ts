import type { ColumnChoice } from '../columns/column-choice';
import { orderedNames, type SeenFields } from '../columns/seen-fields';

/** So many columns are shown while nobody has chosen. */
const maxColumns = 12;
/** The reason is never further away than this. */
const maxBeforeReason = 4;

export type Column = {
  name: string;
  /** Whether scripts have added or changed the field. */
  isOutput: boolean;
  /** Whether it holds only numbers, which are aligned to the right. */
  isNumeric: boolean;
};

export type RecordColumns = {
  shown: Column[];
  /** How many of the first stay while the others scroll sideways. */
  pinned: number;
  hidden: number;
  /** Before which of them a column says why records failed or were skipped; undefined while none did. */
  reasonAt: number | undefined;
};

/** The columns of a table of records: the chosen ones, or those that the scripts made, followed by their input. */
export function recordColumns(seen: SeenFields, choice?: ColumnChoice): RecordColumns {
  const names = choice?.names ?? orderedNames(seen).slice(0, maxColumns);
  const shown = new Set(names);
  const made = names.findIndex((name) => !seen.outputs.has(name));
  const reasonAt = choice?.pinned ?? Math.min(maxBeforeReason, made === -1 ? names.length : made);
  return {
    shown: names.map((name) => ({
      name,
      isOutput: seen.outputs.has(name),
      isNumeric: !seen.texts.has(name),
    })),
    pinned: choice?.pinned ?? 0,
    hidden: seen.names.filter((name) => !shown.has(name)).length,
    reasonAt: seen.hasReasons ? reasonAt : undefined,
  };
}
