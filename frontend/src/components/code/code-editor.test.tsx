import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { CodeEditor } from './code-editor';

const noProblems: never[] = [];

test('shows the source and reports what is typed', async () => {
  const onChange = vi.fn();
  renderPart(<CodeEditor label="main script" source="x = 1" problems={noProblems} onChange={onChange} />);

  const editor = screen.getByRole('textbox', { name: 'main script' });
  expect(editor).toHaveTextContent('x = 1');
  await userEvent.click(editor);
  await userEvent.paste('# ');

  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith(expect.stringContaining('# ')));
});

test('replaces the source without reporting it as typed twice', () => {
  const onChange = vi.fn();
  const editor = (source: string) => (
    <CodeEditor label="main script" source={source} problems={noProblems} onChange={onChange} />
  );
  const { rerender } = renderPart(editor('x = 1'));

  rerender(editor('y = 2'));

  expect(screen.getByRole('textbox')).toHaveTextContent('y = 2');
  expect(onChange.mock.calls.every(([source]) => source === 'y = 2')).toBe(true);
});

test('marks problems, also when their line does not exist any more', () => {
  const { container } = renderPart(
    <CodeEditor
      label="main script"
      source={'x = 1\ny = ('}
      problems={[
        { line: 2, column: 5, severity: 'error', message: 'was never closed' },
        { line: 99, column: 1, severity: 'warning', message: 'beyond the end' },
      ]}
      onChange={() => undefined}
    />,
  );

  expect(container.querySelectorAll('.cm-lintRange-error, .cm-lintRange-warning').length).toBeGreaterThan(0);
});

test('puts the cursor on the line that is asked for', () => {
  const { container } = renderPart(
    <CodeEditor
      label="main script"
      source={'a\nb\nc'}
      problems={noProblems}
      line={2}
      onChange={() => undefined}
    />,
  );

  expect(container.querySelector('.cm-activeLine')).toHaveTextContent('b');
});
