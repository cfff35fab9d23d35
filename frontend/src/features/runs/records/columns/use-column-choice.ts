import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Run } from '@/api/types';
import { readStored, removeStored, writeStored } from '@/lib/local-storage';
import { type ColumnChoice, columnChoiceOf, columnParams } from './column-choice';

export type ColumnWidths = Readonly<Record<string, number>>;

/** How the table of records is arranged. */
export type ColumnSettings = {
  /** Undefined while nobody has chosen, so that the columns follow the records. */
  choice: ColumnChoice | undefined;
  onChoice: (choice: ColumnChoice | undefined) => void;
  /** In pixels; columns without one share what is left. */
  widths: ColumnWidths;
  onWidth: (name: string, width: number | undefined) => void;
};

/** The columns of the records of a pipeline: those of the address, or else those that were chosen last. */
export function useColumnSettings(run: Run): ColumnSettings {
  const [search, setSearch] = useSearchParams();
  const pipeline = run.pipeline.id ?? run.pipeline.name;
  const key = `columns of ${pipeline}`;
  const widthsKey = `column widths of ${pipeline}`;
  const [widths, setWidths] = useState(() => readStored<ColumnWidths>(widthsKey) ?? {});
  const inAddress = columnChoiceOf(search);
  const choice = inAddress ?? readStored<ColumnChoice>(key);

  const show = (shown: ColumnChoice | undefined) =>
    setSearch((before) => withChoice(before, shown), { replace: true, preventScrollReset: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address can lack the choice
  useEffect(() => {
    if (inAddress === undefined && choice !== undefined) {
      show(choice);
    }
  }, [search]);

  return {
    choice,
    onChoice(chosen) {
      if (chosen === undefined) {
        removeStored(key);
      } else {
        writeStored(key, chosen);
      }
      show(chosen);
    },
    widths,
    onWidth(name, width) {
      const { [name]: _before, ...others } = widths;
      const changed = width === undefined ? others : { ...others, [name]: width };
      writeStored(widthsKey, changed);
      setWidths(changed);
    },
  };
}

function withChoice(search: URLSearchParams, choice: ColumnChoice | undefined): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete('columns');
  changed.delete('pinned');
  for (const [name, value] of Object.entries(columnParams(choice))) {
    changed.set(name, value);
  }
  return changed;
}
