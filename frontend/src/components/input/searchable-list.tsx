import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon';

type SearchableListProps<Item> = {
  /** What the list holds, as in `datasets`. */
  things: string;
  words: string;
  onWords: (words: string) => void;
  found: { items: Item[]; searching: boolean; hasMore: boolean; showMore: () => void };
  children: (items: Item[]) => ReactNode;
};

/** A list of things by name: a search box, what matches, and a button for more. */
export function SearchableList<Item>({ things, words, onWords, found, children }: SearchableListProps<Item>) {
  const { items, searching, hasMore, showMore } = found;
  return (
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
  );
}
