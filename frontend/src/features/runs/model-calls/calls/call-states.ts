import type { CallStatus } from '@/api/model-calls';
import type { State } from '@/lib/states';

/** How calls ended: a label, and the state whose colour and shape they share. In the order of the filter. */
export const callStates: Record<CallStatus, { label: string; state: State }> = {
  SUCCEEDED: { label: 'Succeeded', state: 'SUCCEEDED' },
  FAILED: { label: 'Failed', state: 'FAILED' },
  REPLAYED: { label: 'Replayed', state: 'SKIPPED' },
  CACHED: { label: 'From cache', state: 'SKIPPED' },
  UNSETTLED: { label: 'Unsettled', state: 'PARTIAL' },
};

export function isCallStatus(text: string | null): text is CallStatus {
  return text !== null && Object.hasOwn(callStates, text);
}
