import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { ProblemError } from '@/lib/problems/problem';
import { renderPart } from '@/testing/render-part';
import { DatasetChooser } from './dataset-chooser';
import type { DatasetUpload } from './use-dataset-upload';

function show(changes: Partial<DatasetUpload> = {}) {
  const upload: DatasetUpload = {
    send: vi.fn(),
    readAgain: vi.fn(),
    discard: vi.fn(),
    sent: undefined,
    cancel: vi.fn(),
    progress: undefined,
    refused: undefined,
    ...changes,
  };
  renderPart(<DatasetChooser upload={upload} onChosen={() => undefined} />);
  return upload;
}

test('uploads pasted text, but not blanks', async () => {
  const upload = show();
  await userEvent.click(screen.getByRole('radio', { name: 'Paste' }));

  await userEvent.type(screen.getByLabelText('Records'), '  ');
  expect(screen.getByRole('button', { name: 'Use these records' })).toBeDisabled();
  await userEvent.type(screen.getByLabelText('Records'), 'a,b');
  await userEvent.click(screen.getByRole('button', { name: 'Use these records' }));

  expect(upload.send).toHaveBeenCalledTimes(1);
});

test('shows the progress of an upload and cancels it', async () => {
  const upload = show({ progress: { name: 'large.json', sentBytes: 500_000, totalBytes: 2_000_000 } });

  expect(screen.getByText('500 KB of 2 MB')).toBeInTheDocument();
  expect(screen.getByRole('progressbar', { name: 'Upload' })).toHaveAttribute('aria-valuenow', '25');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

  expect(upload.cancel).toHaveBeenCalledTimes(1);
});

test('says that the records are read when all is sent', () => {
  show({ progress: { name: 'large.json', sentBytes: 2_000_000, totalBytes: 2_000_000 } });

  expect(screen.getByText('Reading records…')).toBeInTheDocument();
});

test('shows why and where a file was refused, with the lines there', () => {
  const error = new ProblemError({
    type: 'about:blank',
    status: 422,
    title: 'The dataset is not valid JSON',
    position: { line: 1042, column: 8, record: 1041, byte: 40_000 },
  });
  show({
    refused: {
      file: new File([''], 'x.json'),
      readAs: {},
      error,
      excerpt: { firstLine: 1041, lines: ['{},', '{"a": }'], highlightedLine: 1042 },
    },
  });

  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('At line 1,042, column 8, record 1,041, byte 40,000');
  expect(alert.querySelector('[data-highlighted]')).toHaveTextContent('{"a": }');
});
