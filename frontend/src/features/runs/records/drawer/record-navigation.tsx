import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Run } from '@/api/types';
import { isFinal } from '@/lib/states';
import { useRecordPaths } from '../columns/use-record-paths';
import type { RecordFilter } from '../filter/record-filter';
import { neighbourInState } from './neighbour-in-state';
import { RecordDrawer } from './record-drawer';

type RecordNavigationProps = {
  run: Run;
  filter: RecordFilter;
  /** The record that is open. */
  index: number | undefined;
  /** The index of the record after (1) or before (-1) another in the table; undefined when there is none. */
  neighbour: (from: number, direction: 1 | -1) => Promise<number | undefined>;
};

/**
 * The open record beside a table, and the keyboard navigation: J and K open the next and the previous record of the
 * table (J opens the first when none is open), F opens the next failed one.
 */
export function RecordNavigation({ run, filter, index, neighbour }: RecordNavigationProps) {
  const navigate = useNavigate();
  const addresses = useRecordPaths(run.id);
  const queryClient = useQueryClient();
  const from = index ?? -1;

  async function walk(step: Promise<number | undefined>) {
    const target = await step;
    if (target !== undefined) {
      // The browser's Back returns to the table, not to every record in between.
      navigate(addresses.record(target, filter), {
        preventScrollReset: true,
        replace: index !== undefined,
      });
    }
  }
  const next = () => walk(neighbour(from, 1));
  const previous = () => index !== undefined && walk(neighbour(from, -1));
  const nextFailed = () =>
    walk(
      neighbourInState(queryClient, { runId: run.id, status: 'FAILED', final: isFinal(run.status) }, from, 1),
    );
  useHotkeys([
    ['j', next],
    ['k', previous],
    ['f', nextFailed],
  ]);

  if (index === undefined) {
    return null;
  }
  return (
    <RecordDrawer
      run={run}
      index={index}
      onPrevious={previous}
      onNext={next}
      onClose={() => navigate(addresses.table(filter), { preventScrollReset: true })}
    />
  );
}
