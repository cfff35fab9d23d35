import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { recordColumns } from '../table/record-columns';
import { type ColumnChoice, maxChosen } from './column-choice';
import { ColumnChooser } from './column-chooser';
import type { SeenFields } from './seen-fields';
import type { ColumnWidths } from './use-column-choice';

function Chooser({ names, outputs = [] }: { names: string[]; outputs?: string[] }) {
  const [choice, onChoice] = useState<ColumnChoice>();
  const [widths, setWidths] = useState<ColumnWidths>({});
  const seen: SeenFields = { names, outputs: new Set(outputs), texts: new Set(), hasReasons: false };
  const onWidth = (name: string, width = 0) => setWidths({ [name]: width });
  return (
    <>
      <ColumnChooser
        seen={seen}
        columns={recordColumns(seen, choice)}
        settings={{ choice, onChoice, widths, onWidth }}
      />
      <output>{JSON.stringify({ ...choice, widths })}</output>
    </>
  );
}

const chosen = () => JSON.parse(screen.getByRole('status').textContent ?? '');
const many = (count: number) => Array.from({ length: count }, (_, at) => `field ${at}`);

test('hides, moves and pins columns, and sets their width', async () => {
  renderPart(<Chooser names={['id', 'text', 'score']} outputs={['score']} />);
  expect(screen.getByRole('button', { name: 'Move score to the left' })).toBeDisabled();

  await userEvent.click(screen.getByRole('checkbox', { name: 'text' }));
  await userEvent.click(screen.getByRole('button', { name: 'Move id to the left' }));
  await userEvent.click(screen.getByRole('button', { name: 'Pin score' }));
  await userEvent.selectOptions(screen.getByLabelText('Width of id'), 'Wide');

  expect(chosen()).toEqual({ names: ['score', 'id'], pinned: 1, widths: { id: 360 } });
  expect(screen.getByRole('checkbox', { name: 'text' })).not.toBeChecked();
  await userEvent.click(screen.getByRole('button', { name: 'As at first' }));
  expect(chosen()).toEqual({ widths: { id: 360 } });
});

test('a column that is toggled keeps the focus', async () => {
  renderPart(<Chooser names={many(20)} />);
  const box = screen.getByRole('checkbox', { name: 'field 19' });

  await userEvent.click(box);

  expect(box).toBeChecked();
  expect(box).toHaveFocus();
});

test('a search finds a column among many, and only so many can be shown', async () => {
  renderPart(<Chooser names={many(500)} outputs={many(60)} />);
  fireEvent.click(screen.getByText('Only what the scripts made'));
  expect(chosen().names).toHaveLength(maxChosen);

  fireEvent.change(screen.getByLabelText('Search a column'), { target: { value: 'FIELD 499' } });

  expect(screen.getAllByRole('checkbox')).toHaveLength(1);
  expect(screen.getByRole('checkbox', { name: 'field 499' })).toBeDisabled();
  expect(screen.getByText(/^A table has at most 50 columns/)).toBeInTheDocument();
});
