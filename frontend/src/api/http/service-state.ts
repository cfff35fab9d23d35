/**
 * Whether the service was there when last asked. Every call reports here, so the page can say that the service is away
 * without asking on its own while all is well.
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
