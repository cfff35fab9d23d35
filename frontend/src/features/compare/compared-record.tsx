import { Anchor, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { Link } from 'react-router';
import { recordsQuery } from '@/api/runs';
import type { Run, RunRecord } from '@/api/types';
import { Difference } from '@/components/record/difference';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { cellText } from '@/lib/values/cell-text';
import { errorLine } from '@/lib/values/error-words';
import { sameJson } from '@/lib/values/exact-json';
import { lastValue } from '@/lib/values/record';
import classes from './compared-record.module.css';

/** In pixels. The placeholder has the height of one change, so that the layout hardly shifts. */
const heightOfOneChange = 78;

type ComparedRecordProps = { first: Run; second: Run; index: number };

/** One record as it ended in both runs. Memoized, because the comparison around it updates many times per second. */
export const ComparedRecord = memo(function ComparedRecord({ first, second, index }: ComparedRecordProps) {
  const ours = useRecord(first, index);
  const theirs = useRecord(second, index);
  return (
    <article className={`panel ${classes.record}`} aria-label={`Record ${index}`}>
      {ours === undefined || theirs === undefined ? (
        <Skeleton height={heightOfOneChange} />
      ) : (
        <>
          <Group gap="sm" mb={4} fz="sm">
            <span className="figures">#{formatNumber(index)}</span>
            <Outcome run={first} record={ours} />
            <span aria-hidden="true">→</span>
            <Outcome run={second} record={theirs} />
          </Group>
          {!sameJson(lastValue(ours), lastValue(theirs)) && (
            <Difference before={lastValue(ours)} after={lastValue(theirs)} />
          )}
        </>
      )}
    </article>
  );
});

function Outcome({ run, record }: { run: Run; record: RunRecord }) {
  return (
    <Anchor component={Link} to={paths.runRecord(run.id, record.index)} c="inherit" size="sm">
      <StateMark state={record.status} /> {record.error && cellText(errorLine(record.error))}
    </Anchor>
  );
}

function useRecord(run: Run, index: number): RunRecord | undefined {
  return useQuery(recordsQuery(run.id, { offset: index, limit: 1 }, true)).data?.items[0];
}
