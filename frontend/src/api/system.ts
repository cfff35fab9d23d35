import { queryOptions } from '@tanstack/react-query';
import { ServiceUnreachableError } from '@/lib/problems/problem';
import { type HealthCheck, healthRows } from './health-rows';
import { serviceState } from './http/service-state';

export type Health = { status: 'UP' | 'DOWN'; checks: HealthCheck[] };

/** Only operators see the health checks; others learn only that the service responds. */
const forbidden = 403;

/** The health checks of the service. It responds 503 with the same body when one of them is down. */
export function healthQuery() {
  return queryOptions({
    queryKey: ['system', 'health'],
    queryFn: ({ signal }) => fetchHealth(signal),
    refetchInterval: 10_000,
  });
}

/** Whether the service responds; polled while it is unreachable. */
export function reachabilityQuery() {
  return queryOptions({
    queryKey: ['system', 'reachability'],
    queryFn: isServiceReachable,
    refetchInterval: 2000,
    staleTime: 0,
  });
}

export async function isServiceReachable(): Promise<boolean> {
  try {
    await fetchHealth();
    return true;
  } catch {
    return false;
  }
}

async function fetchHealth(signal?: AbortSignal): Promise<Health> {
  try {
    const response = await fetch('/q/health', signal ? { signal } : {});
    serviceState.report(true);
    if (response.status === forbidden) {
      return { status: 'UP', checks: [] };
    }
    const health = (await response.json()) as Health;
    return { ...health, checks: healthRows(health.checks) };
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    serviceState.report(false);
    throw new ServiceUnreachableError();
  }
}
