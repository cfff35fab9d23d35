import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { SearchableList } from './searchable-list';

const onSearchText = vi.fn();
const showMore = vi.fn();

function list(all: string[], found: { items: string[]; searching?: boolean; hasMore?: boolean }) {
  return (
    <SearchableList
      noun="datasets"
      query={{ data: all, error: null, refetch: () => undefined }}
      empty={<p>No datasets yet</p>}
      searchText=""
      onSearchText={onSearchText}
      found={{ searching: false, hasMore: false, ...found, showMore }}
    >
      {(items) => items.map((item) => <p key={item}>{item}</p>)}
    </SearchableList>
  );
}

test('offers no search while there is nothing to search', () => {
  renderPart(list([], { items: [] }));

  expect(screen.getByText('No datasets yet')).toBeInTheDocument();
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
});

test('reports the typed text and shows more on demand', async () => {
  renderPart(list(['a', 'b'], { items: ['a'], hasMore: true }));

  await userEvent.type(screen.getByRole('searchbox', { name: 'Search datasets by name' }), 'x');
  expect(onSearchText).toHaveBeenCalledWith('x');
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(showMore).toHaveBeenCalledTimes(1);
});

test('says that nothing matches only when the search is complete', () => {
  const { rerender } = renderPart(list(['a'], { items: [], searching: true, hasMore: true }));
  expect(screen.getByRole('status')).toHaveTextContent('Searching…');

  rerender(list(['a'], { items: [] }));

  expect(screen.getByRole('status')).toHaveTextContent('No datasets match this name.');
});
