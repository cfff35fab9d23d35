/** Small values that survive a reload. Errors of the storage are ignored: the values are then lost on reload. */

export function readStored<Value>(key: string): Value | undefined {
  try {
    const text = window.localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    return undefined;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The storage is full or disabled; the value lasts until the page is reloaded.
  }
}

export function removeStored(key: string): void {
  try {
    window.localStorage.removeItem(key);
  } catch {
    // The storage is disabled, so there is nothing to remove.
  }
}
