import { Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

type Item = { id: string; name: string };

type FoundSelectProps = {
  label: string;
  chosen: Item | undefined;
  /** What the last search found. */
  found: Item[];
  onSearch: (text: string) => void;
  onChange: (id: string | undefined) => void;
};

const millisecondsToType = 200;

/** Chooses one of any number of items, which the service searches by what is typed. */
export function FoundSelect({ label, chosen, found, onSearch, onChange }: FoundSelectProps) {
  const [text, setText] = useState('');
  const search = useDebouncedCallback(onSearch, millisecondsToType);
  const items = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      searchable
      clearable
      w={180}
      nothingFoundMessage="Nothing found"
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={chosen?.id ?? null}
      searchValue={text}
      onSearchChange={(typed) => {
        setText(typed);
        // The name of what is chosen is no search.
        search(typed === chosen?.name ? '' : typed);
      }}
      onChange={(id) => onChange(id ?? undefined)}
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
    />
  );
}
