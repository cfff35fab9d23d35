import { Collapse, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import type { RunRecord } from '@/api/types';
import { Icon } from '@/components/icon';
import { RecordStages } from '@/components/record/record-stages';
import { StateMark } from '@/components/state/state-mark';
import { formatCount, formatDuration } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { type RecordError, totalMilliseconds } from '@/lib/values/record';
import classes from './trial-record.module.css';

type TrialRecordProps = {
  record: RunRecord;
  /** Such as its index in the dataset, which differs from its index in the trial. */
  title: string;
  /** The title of an earlier record that failed in the same way. */
  likeTitle: string | undefined;
  startsOpen: boolean;
  /** What can be done with it. */
  actions: ReactNode;
  onOpenError: (error: RecordError) => void;
};

export function TrialRecord(props: TrialRecordProps) {
  const { record, title, likeTitle, startsOpen, actions, onOpenError } = props;
  const [open, setOpen] = useState(startsOpen || (record.status === 'FAILED' && likeTitle === undefined));
  const body = useId();
  return (
    <article className={classes.record} aria-label={title.replace('#', 'Record ')}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevron' : 'right'} size={12} />
        <span className="figures">{title}</span>
        <StateMark state={record.status} />
        {likeTitle !== undefined && <span className="quiet">as {likeTitle}</span>}
        <span className={classes.time}>
          {record.llm != null && record.llm.calls > 0 && (
            <>
              {formatCount(record.llm.calls, 'call')}, {formatMoney(record.llm.cost)} ·{' '}
            </>
          )}
          {formatDuration(totalMilliseconds(record))}
        </span>
      </UnstyledButton>
      <Collapse expanded={open} transitionDuration={0} id={body}>
        <div className={classes.body}>
          {actions}
          <RecordStages record={record} onOpenError={onOpenError} />
        </div>
      </Collapse>
    </article>
  );
}
