import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { SearchText } from './search-text';

function show(text: string, onText: (text: string) => void) {
  return (
    <MantineProvider env="test">
      <SearchText text={text} onText={onText} />
    </MantineProvider>
  );
}

test('searches once when typing pauses', async () => {
  const onText = vi.fn();
  render(show('', onText));

  await userEvent.type(screen.getByRole('searchbox'), 'Rome');

  await waitFor(() => expect(onText).toHaveBeenCalled());
  expect(onText.mock.calls).toEqual([['Rome']]);
});

test('Enter searches immediately and only once', async () => {
  const onText = vi.fn();
  render(show('', onText));

  await userEvent.type(screen.getByRole('searchbox'), 'Rome{Enter}');

  expect(onText.mock.calls).toEqual([['Rome']]);
});

test('a changed address replaces the typed text, its own search does not', async () => {
  const onText = vi.fn();
  const { rerender } = render(show('', onText));
  const box = screen.getByRole('searchbox');
  await userEvent.type(box, 'Rome{Enter}');
  await userEvent.type(box, ' 2');

  rerender(show('Rome', onText));
  expect(box).toHaveValue('Rome 2');

  rerender(show('Paris', onText));
  expect(box).toHaveValue('Paris');
});
