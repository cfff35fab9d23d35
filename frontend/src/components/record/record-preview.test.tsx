import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { RecordPreview } from './record-preview';

test('shows records as a table with their index, missing fields empty', () => {
  renderPart(<RecordPreview records={[{ a: 1 }, { b: [true] }]} firstIndex={50} />);

  const [head, ...rows] = screen.getAllByRole('row');
  expect(
    within(head as HTMLElement)
      .getAllByRole('columnheader')
      .map((cell) => cell.textContent),
  ).toEqual(['#', 'a', 'b']);
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ),
  ).toEqual([
    ['50', '1', ''],
    ['51', '', '[true]'],
  ]);
});

test('shows thirty columns and says how many more fields there are', () => {
  const wide = Object.fromEntries(Array.from({ length: 32 }, (_, at) => [`f${at}`, at]));
  renderPart(<RecordPreview records={[wide]} />);

  expect(screen.getByText('2 more fields')).toBeInTheDocument();
  expect(screen.queryByText('f30')).not.toBeInTheDocument();
});

test('shows records as JSON on demand', async () => {
  renderPart(<RecordPreview records={[{ a: 1 }]} />);

  await userEvent.click(screen.getByRole('radio', { name: 'JSON' }));

  expect(screen.getByRole('tree', { name: 'Records as JSON' })).toHaveTextContent('a: 1');
});
