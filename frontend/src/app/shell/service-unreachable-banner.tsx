import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { serviceState } from '@/api/http/service-state';
import { reachabilityQuery } from '@/api/system';

/** Shown while the service is unreachable; polls until it answers again. */
export function ServiceUnreachableBanner() {
  const unreachable = useSyncExternalStore(serviceState.subscribe, serviceState.isUnreachable);
  useQuery({ ...reachabilityQuery(), enabled: unreachable });
  if (!unreachable) {
    return null;
  }
  return (
    <Alert color="orange" role="status" radius={0} title="The service is not responding">
      Showing the last known data; your changes are kept. Retrying every two seconds. If this continues, check
      whether the service is running.
    </Alert>
  );
}
