import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { ConfirmButton } from './confirm-button';

const onConfirm = vi.fn();

beforeEach(() => {
  onConfirm.mockReset();
  renderPart(
    <ConfirmButton
      question="Delete this run?"
      consequence="Its results are deleted for good."
      verb="Delete the run"
      onConfirm={onConfirm}
    >
      Delete
    </ConfirmButton>,
  );
});

test('asks for confirmation and says what will happen', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));

  expect(screen.getByRole('dialog', { name: 'Delete this run?' })).toHaveTextContent('deleted for good');
  expect(onConfirm).not.toHaveBeenCalled();
});

test('acts once after confirmation', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete the run' }));

  expect(onConfirm).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('does nothing after cancelling', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

  expect(onConfirm).not.toHaveBeenCalled();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});
