import { useState } from 'react';
import { useEnvironmentLog } from '@/api/environments';
import type { Environment } from '@/api/types';
import { EnvironmentBuild } from '@/components/environment/environment-build';

/** The build of the environment of a draft; its log is shown on demand. */
export function DraftEnvironmentBuild({ environment }: { environment: Environment }) {
  const [isShown, setShown] = useState(false);
  const text = useEnvironmentLog(environment, isShown);
  return <EnvironmentBuild environment={environment} log={{ isShown, text, onToggle: setShown }} />;
}
