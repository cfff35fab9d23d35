import { StateMark } from '@/components/state/state-mark';
import { formatCount } from '@/lib/format';
import classes from './environment.module.css';

/** What may go wrong with the packages of an environment, although they were installed. */
export function WarningList({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <div>
      <StateMark state="PARTIAL">{formatCount(warnings.length, 'warning')}</StateMark>
      <ul className={classes.warnings}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </div>
  );
}
