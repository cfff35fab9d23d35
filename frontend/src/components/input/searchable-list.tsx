import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { QuerySection } from '../feedback/query-section';
import { Icon } from '../icon';

type SearchableListProps<Item> = {
  /** The items in the plural, such as `datasets`. */
  noun: string;
  query: { data: Item[] | undefined; error: Error | null; refetch: () => unknown };
  /** Shown in place of the list while there is nothing to search. */
  empty: ReactNode;
  searchText: string;
  onSearchText: (searchText: string) => void;
  found: { items: Item[]; searching: boolean; hasMore: boolean; showMore: () => void };
  children: (items: Item[]) => ReactNode;
};

/** A list with a search by name: a text field, the matches, and a button for more of them. */
export function SearchableList<Item>(props: SearchableListProps<Item>) {
  const { noun, query, empty, searchText, onSearchText, found, children } = props;
  const { items, searching, hasMore, showMore } = found;
  return (
    <QuerySection name={`The list of ${noun}`} query={query}>
      {(all) =>
        all.length === 0 ? (
          empty
        ) : (
          <>
            <TextInput
              type="search"
              aria-label={`Search ${noun} by name`}
              placeholder="Search by name"
              leftSection={<Icon name="search" />}
              maw={320}
              mb="xs"
              value={searchText}
              onChange={(event) => onSearchText(event.currentTarget.value)}
            />
            {items.length > 0 && children(items)}
            <Text size="sm" className="quiet" role="status">
              {searching && 'Searching…'}
              {!searching && items.length === 0 && `No ${noun} match this name.`}
            </Text>
            {!searching && hasMore && (
              <Group mt="sm" justify="center">
                <Button variant="default" onClick={showMore}>
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
