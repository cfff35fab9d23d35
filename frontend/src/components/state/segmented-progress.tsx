import type { State } from '@/lib/states';
import classes from './segmented-progress.module.css';

export type ProgressPart = { state: State; count: number };

type SegmentedProgressProps = { parts: ProgressPart[]; percent: number; label: string; thin?: boolean };

/** A bar whose parts are the states; what is pending is the empty rest. */
export function SegmentedProgress({ parts, percent, label, thin = false }: SegmentedProgressProps) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={`${classes.bar} ${thin ? classes.thin : ''}`}
    >
      {parts
        .filter((part) => part.count > 0 && part.state !== 'PENDING')
        .map((part) => (
          <div
            key={part.state}
            className={classes.part}
            data-state={part.state}
            style={{ width: `${(part.count / total) * 100}%` }}
          />
        ))}
    </div>
  );
}
