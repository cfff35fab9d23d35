import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { serviceState } from '@/api/service-state';
import { reachabilityQuery } from '@/api/system';

/** Says that the service is away, and asks until it is back. Nothing typed is touched meanwhile. */
export function ServiceAwayBanner() {
  const away = useSyncExternalStore(serviceState.subscribe, serviceState.isAway);
  useQuery({ ...reachabilityQuery(), enabled: away });
  if (!away) {
    return null;
  }
  return (
    <Alert color="orange" role="status" radius={0} title="The service does not answer">
      What you see is the last that was known, and what you typed is kept. The page asks again every two
      seconds and goes on by itself. If this lasts, look whether the service still runs.
    </Alert>
  );
}
