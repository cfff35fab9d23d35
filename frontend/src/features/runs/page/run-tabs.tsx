import { NavLink } from 'react-router';
import type { Run } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './run-tabs.module.css';

export function RunTabs({ run }: { run: Run }) {
  const tabs = [
    { to: paths.run(run.id), label: 'Overview' },
    { to: paths.runRecords(run.id), label: 'Records' },
    { to: paths.runFailures(run.id), label: 'Failures', count: run.records.failed },
    ...(run.records.skipped === 0
      ? []
      : [{ to: paths.runSkips(run.id), label: 'Skipped', count: run.records.skipped }]),
    { to: paths.runBatches(run.id), label: 'Batches', count: run.batches.total },
    ...(run.llm == null
      ? []
      : [{ to: paths.runModelCalls(run.id), label: 'Model calls', count: run.llm.calls }]),
    { to: paths.runPipeline(run.id), label: 'Pipeline' },
  ];
  return (
    <nav className={classes.tabs} aria-label="Run">
      {tabs.map((tab) => (
        <NavLink
          key={tab.label}
          to={tab.to}
          end={tab.label === 'Overview'}
          className={classes.tab}
          preventScrollReset
        >
          {tab.label} {tab.count ? <span className={classes.count}>{formatNumber(tab.count)}</span> : null}
        </NavLink>
      ))}
    </nav>
  );
}
