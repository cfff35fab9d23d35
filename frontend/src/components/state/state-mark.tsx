import { type State, stateLabel } from '@/lib/states';
import classes from './state-mark.module.css';

/** Every state has its own shape, so that colour is never the only sign. */
const shapes: Record<State, React.ReactNode> = {
  QUEUED: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  PENDING: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  RUNNING: <circle cx="6" cy="6" r="5" fill="currentColor" className={classes.pulse} />,
  PAUSED: <path d="M3.8 2.2v7.6M8.2 2.2v7.6" {...line(2.4)} />,
  SUCCEEDED: <path d="M1.8 6.4 4.8 9.4 10.4 2.8" {...line()} />,
  PARTIAL: <path d="M6 1 11.4 10.8H.6Z M6 4.6v2.8M6 9v.01" {...line(1.3)} />,
  FAILED: <path d="M2 2l8 8M10 2l-8 8" {...line()} />,
  SKIPPED: <path d="M1.5 6h9" {...line(2.4)} />,
  CANCELLED: <path d="M9.5 1.5l-7 9" {...line()} />,
};

function line(strokeWidth = 2) {
  return { fill: 'none', stroke: 'currentColor', strokeWidth, strokeLinecap: 'round' as const };
}

export function StateShape({ state, size = 12 }: { state: State; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" className={classes[state]}>
      {shapes[state]}
    </svg>
  );
}

export function StateMark({ state, children }: { state: State; children?: React.ReactNode }) {
  return (
    <span className={`${classes.mark} ${classes[state]}`}>
      <StateShape state={state} />
      <span>{children ?? stateLabel(state)}</span>
    </span>
  );
}
