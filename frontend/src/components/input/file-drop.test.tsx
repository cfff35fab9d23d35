import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { FileDrop } from './file-drop';

const file = new File(['[]'], 'records.json');

function show() {
  const onFile = vi.fn();
  renderPart(<FileDrop label="Drop a file here" hint="JSON or CSV" accept=".json" onFile={onFile} />);
  return { onFile, input: screen.getByLabelText(/Drop a file here/) };
}

test('takes a chosen file, and the same file again', async () => {
  const { onFile, input } = show();

  await userEvent.upload(input, file);
  await userEvent.upload(input, file);

  expect(onFile).toHaveBeenCalledTimes(2);
});

test('takes the first of the dropped files', () => {
  const { onFile } = show();

  fireEvent.drop(screen.getByText('JSON or CSV'), { dataTransfer: { files: { item: () => file } } });

  expect(onFile).toHaveBeenCalledExactlyOnceWith(file);
});

test('ignores a drop without files', () => {
  const { onFile } = show();

  fireEvent.drop(screen.getByText('JSON or CSV'), { dataTransfer: { files: { item: () => null } } });

  expect(onFile).not.toHaveBeenCalled();
});
