import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { Button, Group, Text as MantineText } from '@mantine/core';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { editorColours, editorTheme, shortTheme } from './code-editor-theme';
import { type KnownNames, pythonCompletion } from './python-completion';
import { templateExtension } from './template-extension';
import { typedLineExtension } from './typed-line-extension';

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
  /** `text` is a plain list of lines, as short as what is in it. */
  language?: 'python' | 'text';
  onChange: (source: string) => void;
  /** What is completed in Python; without it only names of Python are. */
  known?: KnownNames | undefined;
  /** Whether long lines are broken, in place of scrolling sideways. */
  wraps?: boolean;
  /** Called with the line that the user types in, and with undefined when the cursor leaves it. */
  onTypedLine?: ((line: number | undefined) => void) | undefined;
};

/** A Python editor (CodeMirror) that marks problems at their lines. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, source, problems, line, language = 'python', wraps = false, onChange } = props;
  const host = useRef<HTMLDivElement>(null);
  const onTypedLine = useRef(props.onTypedLine);
  onTypedLine.current = props.onTypedLine;
  const known = useRef(props.known ?? nothingKnown);
  known.current = props.known ?? nothingKnown;
  const [wrapping] = useState(() => new Compartment());
  const [extensions] = useState(() => [
    language === 'python'
      ? [autocompletion({ override: pythonCompletion(() => known.current) }), pythonExtensions]
      : textExtensions,
    wrapping.of([]),
    typedLineExtension((typed) => onTypedLine.current?.(typed)),
  ]);
  const editor = useEditor(host, { label, text: source, onChange, extensions });

  useEffect(() => {
    editor.current?.dispatch({ effects: wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) });
  }, [editor, wrapping, wraps]);

  useEffect(() => {
    const view = editor.current;
    if (view !== undefined) {
      view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc, problems)));
    }
  }, [editor, problems]);

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
  }, [editor, line]);

  return <div ref={host} />;
}

const nothingKnown: KnownNames = { keysAt: () => [], modules: [] };

type TemplateEditorProps = {
  label: string;
  template: string;
  /** The fields that exist, as far as they are known. */
  fields: readonly string[];
  onChange: (template: string) => void;
};

/** So many fields are offered as buttons; all of them are offered while typing. */
const offeredFields = 12;

/** An editor for a text with `{{field}}` places: it marks them, completes their names, and offers them as buttons. */
export function TemplateEditor({ label, template, fields, onChange }: TemplateEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const known = useRef(fields);
  known.current = fields;
  const [extensions] = useState(() => [templateExtension(() => known.current), commonExtensions]);
  const editor = useEditor(host, { label, text: template, onChange, extensions });

  // biome-ignore lint/correctness/useExhaustiveDependencies: an empty transaction marks the places again
  useEffect(() => editor.current?.dispatch({}), [fields]);

  function insert(field: string) {
    const view = editor.current;
    if (view !== undefined) {
      view.dispatch(view.state.replaceSelection(`{{${field}}}`));
      view.focus();
    }
  }

  return (
    <>
      <div ref={host} />
      {fields.length > 0 && (
        <Group gap={4} mt={4} role="group" aria-label="Fields to insert">
          {fields.slice(0, offeredFields).map((field) => (
            <Button
              key={field}
              size="compact-xs"
              variant="default"
              className="mono"
              fw={400}
              maw={180}
              title={`Insert {{${field}}}`}
              onClick={() => insert(field)}
            >
              <span className="cut" dir="auto">
                {field}
              </span>
            </Button>
          ))}
          {fields.length > offeredFields && (
            <MantineText size="xs" className="quiet">
              and {fields.length - offeredFields} more: type {'{{'}
            </MantineText>
          )}
        </Group>
      )}
    </>
  );
}

type EditorOptions = {
  label: string;
  text: string;
  onChange: (text: string) => void;
  extensions: Extension;
};

/** An editor in `host` that is created once; a later text replaces what is in it. */
function useEditor(
  host: RefObject<HTMLDivElement | null>,
  { label, text, onChange, extensions }: EditorOptions,
) {
  const editor = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is created once; later texts are set below
  useLayoutEffect(() => {
    const view = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: text,
        extensions: [
          extensions,
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
    if (view !== undefined && view.state.doc.toString() !== text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    }
  }, [text]);

  return editor;
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

const commonExtensions = [
  history(),
  drawSelection(),
  editorTheme,
  keymap.of([
    // The page uses this shortcut to start a trial.
    { key: 'Mod-Enter', run: () => true },
    // And this one to start a run.
    { key: 'Shift-Mod-Enter', run: () => true },
    ...defaultKeymap,
    ...historyKeymap,
  ]),
];

const textExtensions = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  shortTheme,
  commonExtensions,
];

const pythonExtensions = [
  lineNumbers(),
  indentOnInput(),
  indentUnit.of('    '),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  lintGutter(),
  python(),
  syntaxHighlighting(editorColours),
  keymap.of(closeBracketsKeymap),
  commonExtensions,
  keymap.of([...searchKeymap, indentWithTab]),
];
