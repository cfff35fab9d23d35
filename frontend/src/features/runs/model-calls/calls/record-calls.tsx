import { Anchor, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { callsQuery } from '@/api/model-calls';
import type { ModelCall, Run, RunRecord } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { formatBytes, formatCount, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { isActive } from '@/lib/states';
import { CallStatusMark } from './call-table';
import classes from './record-calls.module.css';

const shownCalls = 20;

/** The model calls of one record, newest first. */
export function RecordCalls({ run, record }: { run: Run; record: RunRecord }) {
  const isPending = record.status === 'PENDING' && isActive(run.status);
  const query = useInfiniteQuery(callsQuery(run.id, { record: record.index }, shownCalls, isPending));
  return (
    <section aria-labelledby="record-calls-heading">
      <Title order={3} fz="sm" mt="md" mb={4} id="record-calls-heading">
        Model calls
        {record.llm != null && (
          <span className={`figures ${classes.sum}`}>
            {formatCount(record.llm.calls, 'call')}, {formatMoney(record.llm.cost)}
          </span>
        )}
      </Title>
      <QuerySection name="The model calls" query={query}>
        {({ pages }) => (
          <>
            <ol className={classes.list}>
              {pages[0]?.calls.map((call) => (
                <CallItem key={call.id} call={call} />
              ))}
            </ol>
            {pages[0]?.next != null && (
              <Anchor component={Link} size="sm" to={paths.runModelCalls(run.id, { record: record.index })}>
                All calls of this record
              </Anchor>
            )}
          </>
        )}
      </QuerySection>
    </section>
  );
}

function CallItem({ call }: { call: ModelCall }) {
  const facts = [
    formatDuration(call.tookMillis),
    call.waitingMillis > 0 && `${formatDuration(call.waitingMillis)} of it waiting`,
    `${formatNumber(call.promptTokens)} → ${formatNumber(call.completionTokens)} tokens`,
    `${formatBytes(call.requestBytes)} → ${formatBytes(call.answerBytes)}`,
  ].filter((fact) => fact !== false);
  return (
    <li className="figures">
      <div className={classes.head}>
        <CallStatusMark call={call} />
        <span className="mono">{call.model}</span>
        {call.step != null && (
          <span className="quiet cut" dir="auto">
            {call.step} · {call.script}
          </span>
        )}
        <span className={classes.cost} title={`$${call.cost}`}>
          {formatMoney(call.cost)}
        </span>
      </div>
      <div className="quiet">{facts.join(' · ')}</div>
      {call.error && (
        <div className={classes.error} dir="auto">
          {call.error}
        </div>
      )}
    </li>
  );
}
