import { serviceState } from '@/api/http/service-state';
import { isServiceReachable } from '@/api/system';

const retryDelaySeconds = 2;
const lastReload = 'datapipeline.last-reload';
const millisecondsBetweenReloads = 30_000;

/**
 * Loads a chunk of the page, waiting for the service if it is unreachable. A chunk that a newer version of the service
 * no longer has is replaced by reloading the whole page; drafts are kept.
 */
export async function loadPage<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    await serviceIsBack();
  }
  try {
    return await load();
  } catch (failure) {
    if (mayReload(window.sessionStorage, Date.now())) {
      window.location.reload();
    }
    throw failure;
  }
}

/** Whether the last reload is long enough ago; records this one. */
export function mayReload(storage: Storage, now: number): boolean {
  const last = Number(storage.getItem(lastReload) ?? 0);
  if (now - last < millisecondsBetweenReloads) {
    return false;
  }
  storage.setItem(lastReload, String(now));
  return true;
}

async function serviceIsBack(): Promise<void> {
  while (!(await isServiceReachable())) {
    serviceState.report(false);
    await new Promise((resolve) => setTimeout(resolve, retryDelaySeconds * 1000));
  }
}
