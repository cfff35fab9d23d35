/**
 * Whether the service answered the last request. Every request reports here, so the page learns of an outage without
 * polling.
 */
let away = false;
const listeners = new Set<() => void>();

export const serviceState = {
  isUnreachable: () => away,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  report(answered: boolean) {
    if (away === answered) {
      away = !answered;
      for (const listener of listeners) {
        listener();
      }
    }
  },
};
