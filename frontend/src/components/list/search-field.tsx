import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../icon';
import { useDebouncedText } from './use-debounced-text';

const millisecondsToType = 200;

type SearchFieldProps = {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  placeholder?: string;
};

/** A text field whose text is searched for shortly after the last key. */
export function SearchField({ label, value, onSearch, placeholder = 'Search' }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const search = useDebouncedText(onSearch, millisecondsToType);
  // Follows the address, such as when the user goes back.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Icon name="search" />}
      w={240}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search.send(event.currentTarget.value);
      }}
    />
  );
}
