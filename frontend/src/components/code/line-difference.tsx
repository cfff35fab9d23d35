import { lineDifference } from '@/lib/line-difference';
import classes from './line-difference.module.css';

const signs = { same: ' ', added: '+', removed: '−' } as const;

export function LineDifference({ before, after }: { before: string; after: string }) {
  return (
    <section className={classes.block} aria-label="What changed" tabIndex={0}>
      {lineDifference(before, after).map((change, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are identified by their position
        <div key={at} className={classes.line} data-kind={change.kind}>
          <span className={classes.sign}>{signs[change.kind]}</span>
          <code>{change.text}</code>
        </div>
      ))}
    </section>
  );
}
