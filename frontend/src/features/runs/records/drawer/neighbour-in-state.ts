import type { QueryClient } from '@tanstack/react-query';
import { recordsQuery } from '@/api/runs';
import type { RecordStatus } from '@/api/types';

type Selection = { runId: string; status: RecordStatus; final: boolean };

/**
 * The index of the next record in a state after `from` (direction 1) or before it (-1); undefined when there is none.
 * The service lists the records of a state in order, so a binary search finds the place with about twenty small
 * requests for a million records.
 */
export async function neighbourInState(
  queryClient: QueryClient,
  selection: Selection,
  from: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  const { total } = await recordAt(queryClient, selection, 0);
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { index } = await recordAt(queryClient, selection, middle);
    if (index !== undefined && (direction === 1 ? index <= from : index < from)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const place = direction === 1 ? low : low - 1;
  return place < 0 || place >= total ? undefined : (await recordAt(queryClient, selection, place)).index;
}

async function recordAt(queryClient: QueryClient, { runId, status, final }: Selection, offset: number) {
  const page = await queryClient.fetchQuery(recordsQuery(runId, { offset, limit: 1, status }, final));
  return { total: page.total, index: page.items[0]?.index };
}
