import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { blankDraft } from '../draft/draft';
import { defaultOptions } from '../draft/options';
import { RunOptions } from './run-options';

test('reports every option that is changed', async () => {
  const dispatch = vi.fn();
  renderPart(<RunOptions draft={blankDraft()} dispatch={dispatch} />);

  await userEvent.type(screen.getByLabelText('Max parallel batches'), '4');
  expect(dispatch).toHaveBeenLastCalledWith({ type: 'options changed', options: { maxParallelBatches: 4 } });
  await userEvent.selectOptions(screen.getByLabelText('Sandbox isolation'), 'New sandbox per batch');
  expect(dispatch).toHaveBeenLastCalledWith({ type: 'options changed', options: { isolation: 'batch' } });
  await userEvent.selectOptions(screen.getByLabelText('Values to keep'), 'Final values only');
  expect(dispatch).toHaveBeenLastCalledWith({ type: 'options changed', options: { trace: 'final' } });
  await userEvent.type(screen.getByLabelText('Run name'), 'x');
  expect(dispatch).toHaveBeenLastCalledWith({ type: 'run renamed', name: 'x' });
});

test('shows what is wrong at the field of the option', () => {
  const options = { ...defaultOptions, recordTimeoutSeconds: 0, toleratedFailures: 'many' };
  renderPart(<RunOptions draft={{ ...blankDraft(), options }} dispatch={() => undefined} />);

  expect(screen.getByLabelText('Time limit per record, in seconds')).toBeInvalid();
  expect(screen.getByLabelText('Tolerated failures')).toBeInvalid();
  expect(screen.getByText(/a share such as 10%/)).toBeInTheDocument();
  expect(screen.getByLabelText('Concurrent records per batch')).toBeValid();
});
