import { Collapse, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import type { RunRecord } from '@/api/types';
import { Icon } from '@/components/icon';
import { RecordStages } from '@/components/record/record-stages';
import { StateMark } from '@/components/state/state-mark';
import { formatCount, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { type RecordError, totalMilliseconds } from '@/lib/values/record';
import classes from './trial-record.module.css';

type TrialRecordProps = {
  record: RunRecord;
  /** Its index in the dataset, which differs from its index in the trial. */
  index: number;
  startsOpen: boolean;
  onOpenError: (error: RecordError) => void;
};

export function TrialRecord({ record, index, startsOpen, onOpenError }: TrialRecordProps) {
  const [open, setOpen] = useState(startsOpen || record.status === 'FAILED');
  const body = useId();
  return (
    <article className={classes.record} aria-label={`Record ${index}`}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevron' : 'right'} size={12} />
        <span className="figures">#{formatNumber(index)}</span>
        <StateMark state={record.status} />
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
          <RecordStages record={record} onOpenError={onOpenError} />
        </div>
      </Collapse>
    </article>
  );
}
