import type { Draft } from './draft';

/**
 * Drafts in the browser. Each tab keeps its own, so that two of them never overwrite each other; the one that was typed
 * last is also kept for the tab that is opened after all others are closed. Errors of the storage are ignored: the
 * draft is then lost on reload.
 */

/** The draft of this tab, or the one that was typed last. */
export function readDraft(key: string): Draft | undefined {
  try {
    const text = sessionStorage.getItem(key) ?? localStorage.getItem(key);
    if (text === null) {
      return undefined;
    }
    const draft = JSON.parse(text) as Draft;
    sessionStorage.setItem(key, text);
    return draft;
  } catch {
    return undefined;
  }
}

export function writeDraft(key: string, draft: Draft): void {
  try {
    const text = JSON.stringify(draft);
    sessionStorage.setItem(key, text);
    localStorage.setItem(key, text);
  } catch {
    // The storage is full or disabled.
  }
}

/** Removes the draft of this tab. What another tab has typed since is kept. */
export function removeDraft(key: string): void {
  try {
    const text = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (text === null || text === localStorage.getItem(key)) {
      localStorage.removeItem(key);
    }
  } catch {
    // The storage is disabled, so that there is nothing to remove.
  }
}
