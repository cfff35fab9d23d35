import { serviceState } from '@/api/service-state';
import { isServiceReachable } from '@/api/system';

const secondsUntilAskedAgain = 2;

/**
 * Loads a part of the page's code, whenever the service is back to give it. Code that a newer version of the service no
 * longer has is fetched by loading the whole page again; drafts are kept.
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
    window.location.reload();
    throw failure;
  }
}

async function serviceIsBack(): Promise<void> {
  while (!(await isServiceReachable())) {
    serviceState.report(false);
    await new Promise((resolve) => setTimeout(resolve, secondsUntilAskedAgain * 1000));
  }
}
