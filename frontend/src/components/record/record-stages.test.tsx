import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { RecordHistory } from '@/lib/values/record';
import { renderPart } from '@/testing/render-part';
import { RecordStages } from './record-stages';

const record: RecordHistory = {
  index: 0,
  status: 'SUCCEEDED',
  raw: { country: 'Italy' },
  stages: [
    { step: 'check', stage: 'pre', value: { country: 'Italy', asked: true }, ms: 0.1 },
    { step: 'check', stage: 'main', value: { country: 'Italy', asked: true, correct: true }, ms: 0.4 },
  ],
};

const failed: RecordHistory = {
  ...record,
  status: 'FAILED',
  stages: record.stages.slice(0, 1),
  error: {
    step: 'check',
    stage: 'main',
    type: 'KeyError',
    message: "'capital'",
    traceback: 'Traceback (most recent call last)',
    script: 'check.py',
    line: 2,
  },
};

const fields = () => screen.getAllByRole('term').map((term) => term.textContent);

test('shows all changes at first, and those of one stage when it is chosen', async () => {
  renderPart(<RecordStages record={record} />);
  expect(fields()).toEqual(['+asked', '+correct']);

  await userEvent.click(screen.getByRole('button', { name: /^main/ }));

  expect(fields()).toEqual(['+correct']);
  expect(screen.getByRole('button', { name: /^main/ })).toHaveAttribute('aria-pressed', 'true');
});

test('shows the raw value', async () => {
  renderPart(<RecordStages record={record} />);

  await userEvent.click(screen.getByRole('button', { name: 'raw' }));

  expect(screen.getByRole('tree', { name: 'Raw record' })).toHaveTextContent(/^country: "Italy"$/);
});

test('shows the input of the stage that failed, the error and its line', async () => {
  const onOpenError = vi.fn();
  renderPart(
    <RecordStages record={failed} sourceOf={() => 'import x\nrecord["capital"]'} onOpenError={onOpenError} />,
  );

  expect(screen.getByText('Input of main')).toBeInTheDocument();
  expect(screen.getByRole('tree', { name: 'Input of main' })).toHaveTextContent('asked: true');
  const error = screen.getByRole('region', { name: 'Error' });
  expect(error).toHaveTextContent("KeyError: 'capital'");
  expect(error).toHaveTextContent('check · main · check.py line 2');
  expect(error.querySelector('[data-highlighted]')).toHaveTextContent('record["capital"]');
  await userEvent.click(within(error).getByRole('button', { name: 'Open check.py at line 2' }));
  expect(onOpenError).toHaveBeenCalledWith(failed.error);
});

test('shows why a record was skipped, and the raw value of a record without stages', () => {
  renderPart(
    <RecordStages record={{ ...record, status: 'SKIPPED', stages: [], skipped: 'not in the table' }} />,
  );

  expect(screen.getByText('not in the table')).toBeInTheDocument();
  expect(screen.queryByRole('group', { name: 'Stages' })).not.toBeInTheDocument();
});
