import { Progress } from '@mantine/core';
import type { State } from '@/lib/states';

export type ProgressPart = { state: State; count: number };

type SegmentedProgressProps = { parts: ProgressPart[]; percent: number; label: string; thin?: boolean };

/** A bar with a section per state; the pending part is left empty. */
export function SegmentedProgress({ parts, percent, label, thin = false }: SegmentedProgressProps) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <Progress.Root
      size={thin ? 6 : 12}
      transitionDuration={150}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      {parts
        .filter((part) => part.count > 0 && part.state !== 'PENDING')
        .map(({ state, count }) => (
          <Progress.Section
            key={state}
            value={(count / total) * 100}
            color={`var(--state-${state.toLowerCase()})`}
            striped={state === 'FAILED'}
            miw={3}
            withAria={false}
          />
        ))}
    </Progress.Root>
  );
}
