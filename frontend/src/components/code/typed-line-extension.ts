import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Reports the line that the user types in, and undefined as soon as the cursor or the focus leaves it. Pasted text is
 * complete, so that it counts as left.
 */
export function typedLineExtension(onTypedLine: (line: number | undefined) => void): Extension {
  let typed: number | undefined;
  return EditorView.updateListener.of(({ view, state, docChanged, transactions }) => {
    const line = state.doc.lineAt(state.selection.main.head);
    const isTyping = docChanged && !transactions.some((one) => one.isUserEvent('input.paste'));
    const isAt = view.hasFocus && line.text.trim() !== '' && (isTyping || line.number === typed);
    const now = isAt && !(docChanged && !isTyping) ? line.number : undefined;
    if (now !== typed) {
      typed = now;
      onTypedLine(now);
    }
  });
}
