import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { QuerySection } from '../feedback/query-section';
import { Icon } from '../icon';

type SearchableListProps<Item> = {
  /** What the list holds, as in `datasets`. */
  things: string;
  query: { data: Item[] | undefined; error: Error | null; refetch: () => unknown };
  /** Shown in place of the list while there is nothing to search. */
  empty: ReactNode;
  words: string;
  onWords: (words: string) => void;
  found: { items: Item[]; searching: boolean; hasMore: boolean; showMore: () => void };
  children: (items: Item[]) => ReactNode;
};

/** A list with a search by name: a text field, the matches, and a button for more of them. */
export function SearchableList<Item>(props: SearchableListProps<Item>) {
  const { things, query, empty, words, onWords, found, children } = props;
  const { items, searching, hasMore, showMore } = found;
  return (
    <QuerySection name={`The list of ${things}`} query={query}>
      {(all) =>
        all.length === 0 ? (
          empty
        ) : (
          <>
            <TextInput
              type="search"
              aria-label={`Search ${things} by name`}
              placeholder="Search by name"
              leftSection={<Icon name="search" />}
              maw={320}
              mb="xs"
              value={words}
              onChange={(event) => onWords(event.currentTarget.value)}
            />
            {items.length > 0 && children(items)}
            <Text size="sm" className="quiet" role="status">
              {searching && 'Searching…'}
              {!searching && items.length === 0 && `No ${things} match this name.`}
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
