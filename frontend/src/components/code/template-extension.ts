import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { templateParts } from '@/lib/template';

const knownPlace = Decoration.mark({ class: 'cm-place' });
const unknownPlace = Decoration.mark({
  class: 'cm-place cm-place-unknown',
  attributes: { title: 'No record on show has this field' },
});

/** Marks the `{{field}}` places of a text, those of unknown fields differently, and completes the names of fields. */
export function templateExtension(fields: () => readonly string[]) {
  return [
    EditorView.lineWrapping,
    templateTheme,
    ViewPlugin.fromClass(
      class {
        places: DecorationSet;
        constructor(view: EditorView) {
          this.places = placesOf(view, fields());
        }
        update({ view }: ViewUpdate) {
          this.places = placesOf(view, fields());
        }
      },
      { decorations: (plugin) => plugin.places },
    ),
    autocompletion({ override: [(context) => completions(context, fields())], icons: false }),
  ];
}

function placesOf(view: EditorView, fields: readonly string[]): DecorationSet {
  const known = new Set(fields);
  return Decoration.set(
    templateParts(view.state.doc.toString(), fields).flatMap((part) =>
      part.kind === 'text'
        ? []
        : [(known.has(part.field) ? knownPlace : unknownPlace).range(part.from, part.to)],
    ),
  );
}

function completions(context: CompletionContext, fields: readonly string[]): CompletionResult | null {
  const typed = context.matchBefore(/\{\{[^{}\n]*/);
  if (typed === null) {
    return null;
  }
  return {
    from: typed.from + 2,
    options: fields.map((field) => ({ label: field, apply: insertField })),
    validFor: /^[^{}\n]*$/,
  };
}

/** Closes the braces, unless they are closed already. */
function insertField(view: EditorView, { label }: { label: string }, from: number, to: number) {
  const closing = view.state.sliceDoc(to, to + 2) === '}}' ? 2 : 0;
  const insert = `${label}}}`;
  view.dispatch({
    changes: { from, to: to + closing, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
  });
}

const templateTheme = EditorView.theme({
  '.cm-scroller': { minHeight: '90px', maxHeight: '300px' },
  '.cm-place': {
    borderRadius: '3px',
    padding: '1px 0',
    color: 'var(--state-running)',
    backgroundColor: 'color-mix(in srgb, var(--state-running) 12%, transparent)',
  },
  '.cm-place-unknown': {
    color: 'var(--state-failed)',
    backgroundColor: 'color-mix(in srgb, var(--state-failed) 10%, transparent)',
    textDecoration: 'underline wavy',
  },
});
