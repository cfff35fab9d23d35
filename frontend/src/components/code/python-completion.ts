import { type CompletionContext, type CompletionResult, completeFromList } from '@codemirror/autocomplete';
import { globalCompletion, localCompletionSource } from '@codemirror/lang-python';

/** What is known of the records that a script gets, and of the modules that it can import. */
export type KnownNames = {
  /** The keys that records have at a path of keys; at the empty path those of the records themselves. */
  keysAt: (path: string[]) => string[];
  modules: readonly string[];
};

const quoted = String.raw`(?:"[^"\n]*"|'[^'\n]*')`;
const access = String.raw`(?:\[${quoted}\]|\.get\(${quoted}\))`;
const openAccess = new RegExp(String.raw`([A-Za-z_]\w*)((?:${access})*)(?:\[|\.get\()(["'])([^"'\n]*)$`);
const openImport = /^\s*(?:import|from)\s+([\w.]*)$/;

/** Completes keys inside `record["…"]` and `record.get("…")`, nested too, modules after `import`, and names elsewhere. */
export function pythonCompletion(known: () => KnownNames) {
  return [
    (context: CompletionContext) => keyCompletion(context, known()),
    (context: CompletionContext) => moduleCompletion(context, known()),
    (context: CompletionContext) => (isInAccess(context) ? null : localCompletionSource(context)),
    (context: CompletionContext) => (isInAccess(context) ? null : globalCompletion(context)),
    (context: CompletionContext) => (isInAccess(context) ? null : keywordCompletion(context)),
  ];
}

const keywordCompletion = completeFromList(
  ['return', 'raise SkipRecord("")', 'def transform(record: dict) -> dict:'].map((label) => ({
    label,
    type: 'keyword',
  })),
);

/** The path of keys that is completed, and the beginning of the next one; undefined elsewhere. */
export function openKey(line: string): { path: string[]; typed: string } | undefined {
  const match = openAccess.exec(line);
  if (match === null) {
    return undefined;
  }
  const [, , chain = '', , typed = ''] = match;
  const path = [...chain.matchAll(new RegExp(quoted, 'g'))].map(([text]) => text.slice(1, -1));
  return { path, typed };
}

function keyCompletion(context: CompletionContext, known: KnownNames): CompletionResult | null {
  const key = openKey(lineBefore(context));
  if (key === undefined) {
    return null;
  }
  return {
    from: context.pos - key.typed.length,
    options: known.keysAt(key.path).map((label) => ({ label, type: 'property' })),
    validFor: /^[^"'\n]*$/,
  };
}

function moduleCompletion(context: CompletionContext, known: KnownNames): CompletionResult | null {
  const match = openImport.exec(lineBefore(context));
  if (match === null) {
    return null;
  }
  const [, typed = ''] = match;
  return {
    from: context.pos - typed.length,
    options: known.modules.map((label) => ({ label, type: 'namespace' })),
    validFor: /^[\w.]*$/,
  };
}

function isInAccess(context: CompletionContext): boolean {
  const line = lineBefore(context);
  return openKey(line) !== undefined || openImport.test(line);
}

function lineBefore({ state, pos }: CompletionContext): string {
  return state.sliceDoc(state.doc.lineAt(pos).from, pos);
}
