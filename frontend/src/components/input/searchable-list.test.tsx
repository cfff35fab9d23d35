import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { SearchableList } from './searchable-list';

const onSearchText = vi.fn();
const fetchNextPage = vi.fn();

function list(items: string[], { searchText = '', hasNextPage = false } = {}) {
  return (
    <SearchableList
      noun="datasets"
      query={{
        data: items,
        error: null,
        hasNextPage,
        isFetchingNextPage: false,
        isPlaceholderData: false,
        refetch: () => undefined,
        fetchNextPage,
      }}
      empty={<p>No datasets yet</p>}
      searchText={searchText}
      onSearchText={onSearchText}
    >
      {(found) => found.map((item) => <p key={item}>{item}</p>)}
    </SearchableList>
  );
}

test('offers no search while there is nothing to search', () => {
  renderPart(list([]));

  expect(screen.getByText('No datasets yet')).toBeInTheDocument();
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
});

test('searches for the typed text, and shows more on demand', async () => {
  renderPart(list(['a', 'b'], { hasNextPage: true }));

  await userEvent.type(screen.getByRole('searchbox', { name: 'Search datasets' }), 'xyz');
  await waitFor(() => expect(onSearchText).toHaveBeenCalledWith('xyz'));
  expect(onSearchText).toHaveBeenCalledTimes(1);
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
});

test('says that nothing matches, and keeps the search', () => {
  renderPart(list([], { searchText: 'nowhere' }));

  expect(screen.getByRole('status')).toHaveTextContent('No datasets match this search.');
  expect(screen.getByRole('searchbox')).toHaveValue('nowhere');
});
