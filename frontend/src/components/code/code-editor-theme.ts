import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours are CSS variables of the page, so that one theme serves light and dark. */
export const editorColours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--state-skipped)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--state-succeeded)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--state-partial)' },
  { tag: [tags.comment], color: 'var(--text-quiet)', fontStyle: 'italic' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className], color: 'var(--state-running)' },
]);

export const editorTheme = EditorView.theme({
  '&': {
    fontSize: '13px',
    border: '1px solid var(--line)',
    borderRadius: '4px',
    backgroundColor: 'var(--surface-sunken)',
    color: 'inherit',
  },
  '&.cm-focused': { outline: '2px solid var(--mantine-color-blue-5)', outlineOffset: '-1px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontVariantLigatures: 'none',
    lineHeight: '1.6',
    minHeight: 'var(--editor-min-height, 140px)',
    maxHeight: 'var(--editor-height, 460px)',
  },
  '.cm-content': { caretColor: 'currentColor' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--text-quiet)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--state-running) 7%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--state-running) 25%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    color: 'inherit',
  },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'inherit' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 32px 8px 8px', fontSize: '13px', fontFamily: 'inherit' },
  '.cm-panel.cm-search label': { fontSize: '13px', marginInlineEnd: '8px' },
  '.cm-panel.cm-search [name=close]': {
    minWidth: '24px',
    minHeight: '24px',
    fontSize: '18px',
    color: 'inherit',
  },
  '.cm-textfield': {
    minHeight: '26px',
    padding: '2px 8px',
    fontSize: '13px',
    color: 'inherit',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    borderRadius: '4px',
  },
  '.cm-button': {
    minHeight: '26px',
    padding: '2px 10px',
    fontSize: '13px',
    color: 'inherit',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-sunken)',
    border: '1px solid var(--line)',
    borderRadius: '4px',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--state-running)',
    color: 'var(--surface)',
  },
});

/** For texts of a few lines; takes precedence over {@link editorTheme} when it comes before it. */
export const shortTheme = EditorView.theme({
  '.cm-scroller': { minHeight: '44px', maxHeight: '200px' },
});
