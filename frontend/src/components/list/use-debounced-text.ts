import { useDebouncedCallback } from '@mantine/hooks';
import { useMemo } from 'react';

/**
 * Hands on the last text when typing pauses, unless the user is on another page by then: while that one loads, this one is still
 * there and would change its address.
 */
export function useDebouncedText(onText: (text: string) => void, milliseconds: number) {
  const debounced = useDebouncedCallback((text: string, pathname: string) => {
    if (window.location.pathname === pathname) {
      onText(text);
    }
  }, milliseconds);
  return useMemo(
    () => ({
      send: (text: string) => debounced(text, window.location.pathname),
      cancel: () => debounced.cancel(),
    }),
    [debounced],
  );
}
