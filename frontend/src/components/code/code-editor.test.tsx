import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { CodeEditor, TemplateEditor } from './code-editor';

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

test('a template marks its places, those of unknown fields differently', () => {
  const { container } = renderPart(
    <TemplateEditor
      label="prompt"
      template="Is {{capital}} in {{contry}}?"
      fields={['capital', 'country']}
      onChange={() => undefined}
    />,
  );

  expect(texts(container, '.cm-place')).toEqual(['{{capital}}', '{{contry}}']);
  expect(texts(container, '.cm-place-unknown')).toEqual(['{{contry}}']);
});

test('a field is inserted into a template by its button', async () => {
  const onChange = vi.fn();
  renderPart(<TemplateEditor label="prompt" template="" fields={['a b']} onChange={onChange} />);

  await userEvent.click(screen.getByRole('button', { name: 'a b' }));

  expect(onChange).toHaveBeenLastCalledWith('{{a b}}');
});

test('only some of many fields have a button', () => {
  const fields = Array.from({ length: 40 }, (_, n) => `field ${n}`);
  renderPart(<TemplateEditor label="prompt" template="" fields={fields} onChange={() => undefined} />);

  expect(screen.getAllByRole('button')).toHaveLength(12);
  expect(screen.getByText(/and 28 more/)).toBeInTheDocument();
});

function texts(container: HTMLElement, selector: string): (string | null)[] {
  return [...container.querySelectorAll(selector)].map((element) => element.textContent);
}
