import { queryOptions } from '@tanstack/react-query';
import { ServiceUnreachableError } from '@/lib/problems/problem';
import { type HealthCheck, healthRows } from './health-rows';
import { serviceState } from './http/service-state';

export type Health = { status: 'UP' | 'DOWN'; checks: HealthCheck[] };

/** Health is for operators; whoever asks from elsewhere learns only that the service answers. */
const forbidden = 403;

/** What the service says of itself and of what it needs. It answers 503 with the same body when something is down. */
export function healthQuery() {
  return queryOptions({
    queryKey: ['system', 'health'],
    queryFn: ({ signal }) => fetchHealth(signal),
    refetchInterval: 10_000,
  });
}

/** Only whether anybody answers; asked while the service is away. */
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
