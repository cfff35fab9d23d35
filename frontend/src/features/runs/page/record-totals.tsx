import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import type { Run } from '@/api/types';
import { StateShape } from '@/components/state/state-mark';
import { formatCount, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { stateLabel } from '@/lib/states';
import { recordParts } from '../run-progress';
import classes from './run-header.module.css';

/** The counts of a run as a sum; each count links to its records. */
export function RecordTotals({ run }: { run: Run }) {
  const parts = recordParts(run.records).filter(
    (part) => part.count > 0 || part.state === 'SUCCEEDED' || part.state === 'FAILED',
  );
  return (
    <p className={classes.sum}>
      {parts.map((part, at) => (
        <Fragment key={part.state}>
          {at > 0 && <span className="quiet">+</span>}
          <span className={classes.term} data-testid={`count-${part.state}`}>
            <StateShape state={part.state} />
            {stateLabel(part.state).toLowerCase()}
            <Anchor
              component={Link}
              to={paths.runRecords(run.id, { status: part.state })}
              c="inherit"
              fw={600}
              underline="hover"
            >
              {formatNumber(part.count)}
            </Anchor>
          </span>
        </Fragment>
      ))}
      <span className={classes.total}>= {formatCount(run.records.total, 'record')}</span>
    </p>
  );
}
