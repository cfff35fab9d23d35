import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';

/** A page of a list. `nextCursor` is where the next page begins; the last page has none. */
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
    placeholderData: keepPreviousData,
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
