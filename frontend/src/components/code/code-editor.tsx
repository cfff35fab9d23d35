import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { editorColours, editorTheme } from './code-editor-theme';

type CodeProblem = {
  line?: number | null | undefined;
  column?: number | null | undefined;
  /** `error`; anything else is shown as a warning. */
  severity: string;
  message: string;
};

type CodeEditorProps = {
  label: string;
  source: string;
  problems: CodeProblem[];
  /** A line to put the cursor on. */
  line?: number | undefined;
  onChange: (source: string) => void;
};

/** A Python editor (CodeMirror) that marks problems at their lines. */
export function CodeEditor({ label, source, problems, line, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is created once; later sources are set below
  useLayoutEffect(() => {
    const view = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: source,
        extensions: [
          ...extensions,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          reportChanges(changed),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view !== undefined && view.state.doc.toString() !== source) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    }
  }, [source]);

  useEffect(() => {
    const view = editor.current;
    if (view !== undefined) {
      view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc, problems)));
    }
  }, [problems]);

  useEffect(() => {
    const view = editor.current;
    if (view !== undefined && line !== undefined) {
      const { from } = view.state.doc.line(clamp(line, 1, view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    }
  }, [line]);

  return <div ref={host} />;
}

function reportChanges(changed: { current: (source: string) => void }) {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged) {
      changed.current(update.state.doc.toString());
    }
  });
}

function diagnostics(doc: Text, problems: CodeProblem[]): Diagnostic[] {
  return problems.map((problem) => {
    const line = doc.line(clamp(problem.line ?? 1, 1, doc.lines));
    const from = Math.min(line.to, line.from + Math.max(0, (problem.column ?? 1) - 1));
    return {
      from,
      to: line.to,
      severity: problem.severity === 'error' ? 'error' : 'warning',
      message: problem.message,
    };
  });
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

const extensions = [
  lineNumbers(),
  history(),
  drawSelection(),
  indentOnInput(),
  indentUnit.of('    '),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  lintGutter(),
  python(),
  syntaxHighlighting(editorColours),
  editorTheme,
  keymap.of([
    // The page uses this shortcut to start a trial.
    { key: 'Mod-Enter', run: () => true },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    ...searchKeymap,
    indentWithTab,
  ]),
];
