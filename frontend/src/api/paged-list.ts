import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryKey,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** A page of a list, newest first. `nextCursor` is where the next page begins; the last page has none. */
type Page<Item> = { items: Item[]; nextCursor?: string | null };

/** A list that is read page by page; its data are the items of all pages read so far. */
export function pagedListOptions<Item>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }: InfiniteData<Page<Item>>) => pages.flatMap((page) => page.items),
  });
}

type PagedQuery<Data> = Pick<
  UseInfiniteQueryResult<Data>,
  'data' | 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'
>;

/** Fetches the next page while more items are needed. */
export function useMorePages<Data>(query: PagedQuery<Data>, needed: boolean) {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const reads = needed && hasNextPage && !isFetching && !isError;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a page from the cache changes only the data
  useEffect(() => {
    if (reads) {
      fetchNextPage();
    }
  }, [reads, data, fetchNextPage]);
}

/**
 * The items of a paged list whose names contain a text. The service cannot search by name, so pages are fetched until
 * there are `step` matches, and `step` more for each call of `showMore`.
 */
export function usePagedSearch<Item extends { name: string }>(
  query: PagedQuery<Item[]>,
  searchText: string,
  step: number,
) {
  const [wanted, setWanted] = useState(step);
  const wantedName = searchText.trim().toLowerCase();
  const found = (query.data ?? []).filter(({ name }) => name.toLowerCase().includes(wantedName));
  const needsMore = found.length < wanted;
  useMorePages(query, needsMore);
  return {
    items: found.slice(0, wanted),
    /** Whether more pages must be fetched before the matches are known. */
    searching: needsMore && query.hasNextPage && !query.isError,
    hasMore: found.length > wanted || query.hasNextPage,
    showMore: () => setWanted(wanted + step),
  };
}
