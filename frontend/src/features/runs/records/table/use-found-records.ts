import { useInfiniteQuery } from '@tanstack/react-query';
import { useMorePages } from '@/api/paged-list';
import { foundRecordsQuery } from '@/api/runs';
import type { RunRecord } from '@/api/types';
import type { RecordFilter } from '../filter/record-filter';

export type Search = { runId: string; final: boolean; windowSize: number; filter: RecordFilter };

/**
 * The records that a search has found so far, in order. The service scans a part of the run per request, so requests
 * are repeated until there are `wanted` records or the run is scanned.
 */
export function useFoundRecords({ runId, final, windowSize, filter }: Search, wanted: number) {
  const query = useInfiniteQuery(foundRecordsQuery(runId, { ...filter, limit: windowSize }, final));
  const pages = query.data?.pages ?? [];
  const records = pages.flatMap((page) => page.items);
  const { hasNextPage, fetchNextPage } = query;
  useMorePages(query, records.length < wanted);

  /** The index of the found record next to `index`; continues the search if it is not known yet. */
  async function neighbour(index: number, direction: 1 | -1): Promise<number | undefined> {
    let found: RunRecord[] = records;
    let more = hasNextPage;
    while (more && (found.at(-1)?.index ?? -1) <= index) {
      const next = await fetchNextPage();
      if (next.isError) {
        return undefined;
      }
      found = next.data?.pages.flatMap((page) => page.items) ?? [];
      more = next.hasNextPage;
    }
    return direction === 1
      ? found.find((record) => record.index > index)?.index
      : found.findLast((record) => record.index < index)?.index;
  }

  return {
    records,
    /** The total, if the service knows it. */
    total: pages[0]?.total ?? undefined,
    /** The index of the first record that has not been searched; undefined when all have been. */
    searchedTo: hasNextPage ? (pages.at(-1)?.nextFrom ?? undefined) : undefined,
    loaded: query.data !== undefined,
    error: query.error,
    refetch: query.refetch,
    neighbour,
  };
}
