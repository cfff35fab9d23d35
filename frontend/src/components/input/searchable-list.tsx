import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { QuerySection } from '../feedback/query-section';
import classes from '../list/filter-bar.module.css';
import { SearchField } from '../list/search-field';

type ListQuery<Item> = {
  data: Item[] | undefined;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isPlaceholderData: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
};

type SearchableListProps<Item> = {
  /** The items in the plural, such as `datasets`. */
  noun: string;
  query: ListQuery<Item>;
  /** Shown in place of the list while there is nothing to search. */
  empty: ReactNode;
  searchText: string;
  onSearchText: (searchText: string) => void;
  /** Further filters, beside the search. */
  filters?: ReactNode;
  /** Whether one of them is set, so that an empty list does not mean that there is nothing. */
  isFiltered?: boolean;
  onClear?: () => void;
  children: (items: Item[]) => ReactNode;
};

/** A list that the service searches: a text field, filters, what was found, and a button for more of it. */
export function SearchableList<Item>(props: SearchableListProps<Item>) {
  const {
    noun,
    query,
    empty,
    searchText,
    onSearchText,
    filters,
    isFiltered = false,
    onClear,
    children,
  } = props;
  const isAsked = isFiltered || searchText !== '';
  return (
    <QuerySection name={`The list of ${noun}`} query={query}>
      {(items) =>
        items.length === 0 && !isAsked && !query.isPlaceholderData ? (
          empty
        ) : (
          <>
            <Group gap="xs" mb="xs" align="end" role="search" className={classes.bar}>
              <SearchField label={`Search ${noun}`} value={searchText} onSearch={onSearchText} />
              {filters}
              {isAsked && onClear !== undefined && (
                <Button variant="subtle" onClick={onClear}>
                  Clear
                </Button>
              )}
            </Group>
            {items.length > 0 && children(items)}
            <Text size="sm" className="quiet" role="status">
              {items.length === 0 && !query.isPlaceholderData && `No ${noun} match this search.`}
            </Text>
            {query.hasNextPage && (
              <Group mt="sm" justify="center">
                <Button
                  variant="default"
                  loading={query.isFetchingNextPage}
                  onClick={() => query.fetchNextPage()}
                >
                  Show more
                </Button>
              </Group>
            )}
          </>
        )
      }
    </QuerySection>
  );
}
