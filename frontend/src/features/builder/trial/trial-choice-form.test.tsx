import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import type { TrialChoice } from './trial';
import { TrialChoiceForm } from './trial-choice-form';

function Form({ start, onChange }: { start: TrialChoice; onChange: (choice: TrialChoice) => void }) {
  const [choice, setChoice] = useState(start);
  return (
    <TrialChoiceForm
      choice={choice}
      samples={2}
      onChange={(changed) => {
        onChange(changed);
        setChoice(changed);
      }}
    />
  );
}

function showForm(start: TrialChoice) {
  const onChange = vi.fn();
  renderPart(<Form start={start} onChange={onChange} />);
  return onChange;
}

test('offers the first and random records', async () => {
  const onChange = showForm({ kind: 'first', count: 10 });
  expect(screen.getByRole('option', { name: 'First 10', selected: true })).toBeInTheDocument();

  await userEvent.selectOptions(screen.getByLabelText('Records to try'), 'Random 10');

  expect(onChange).toHaveBeenLastCalledWith({ kind: 'random', count: 10 });
});

test('starts with the records of the address and accepts others', async () => {
  const onChange = showForm({ kind: 'chosen', indexes: [7, 67] });
  const box = screen.getByLabelText('Record numbers');
  expect(box).toHaveValue('7, 67');

  await userEvent.type(box, ', 70-71');

  expect(onChange).toHaveBeenLastCalledWith({ kind: 'chosen', indexes: [7, 67, 70, 71] });
});

test('reports invalid record numbers instead of trying other records', async () => {
  const onChange = showForm({ kind: 'chosen', indexes: [7] });
  const box = screen.getByLabelText('Record numbers');

  await userEvent.type(box, 'x');

  expect(box).toBeInvalid();
  expect(onChange).toHaveBeenLastCalledWith({ kind: 'chosen', indexes: [] });
});

test('offers the pinned samples', async () => {
  const onChange = showForm({ kind: 'first', count: 3 });

  await userEvent.selectOptions(screen.getByLabelText('Records to try'), 'Pinned samples (2)');

  expect(onChange).toHaveBeenLastCalledWith({ kind: 'samples' });
});
