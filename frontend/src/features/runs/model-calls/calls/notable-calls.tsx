import { SimpleGrid, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { ModelCall, Run } from '@/api/types';
import { formatDuration } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { CallRecordLink } from './call-record-link';
import classes from './notable-calls.module.css';

type NotableCallsProps = { run: Run; slowest: ModelCall[]; dearest: ModelCall[]; failed: ModelCall[] };

/** The slowest, the dearest and the latest failed calls, side by side. */
export function NotableCalls({ run, slowest, dearest, failed }: NotableCallsProps) {
  const costing = dearest.filter(({ cost }) => Number(cost) > 0);
  const shown = [
    { title: 'Slowest', calls: slowest, figure: (call: ModelCall) => formatDuration(call.tookMillis) },
    { title: 'Most expensive', calls: costing, figure: (call: ModelCall) => formatMoney(call.cost) },
    { title: 'Failed', calls: failed, figure: (call: ModelCall) => call.httpStatus ?? '' },
  ].filter(({ calls }) => calls.length > 0);
  return (
    <SimpleGrid cols={{ base: 1, sm: shown.length }} spacing="md">
      {shown.map(({ title, calls, figure }) => (
        <CallShortList key={title} title={title} run={run} calls={calls} figure={figure} />
      ))}
    </SimpleGrid>
  );
}

type CallShortListProps = {
  title: string;
  run: Run;
  calls: ModelCall[];
  figure: (call: ModelCall) => ReactNode;
};

function CallShortList({ title, run, calls, figure }: CallShortListProps) {
  const heading = useId();
  return (
    <section className={`panel ${classes.list}`} aria-labelledby={heading}>
      <Title order={2} fz="sm" mb={4} id={heading}>
        {title}
      </Title>
      <ul className="figures">
        {calls.map((call) => (
          <li key={call.id}>
            <CallRecordLink run={run} call={call} />
            <span className="quiet cut" dir="auto" title={call.error ?? undefined}>
              {call.error ?? [call.step, call.model].filter(Boolean).join(' · ')}
            </span>
            <span className={classes.figure}>{figure(call)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
