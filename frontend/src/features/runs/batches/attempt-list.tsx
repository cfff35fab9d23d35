import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { attemptsQuery } from '@/api/runs';
import type { Attempt } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { useNow } from '@/components/use-now';
import { formatDuration, formatNumber } from '@/lib/format';
import type { State } from '@/lib/states';
import classes from './attempt-list.module.css';
import { attemptSpans, type Span } from './attempt-spans';

type AttemptListProps = { runId: string; number: number; active: boolean };

/** The attempts at a batch, the newest last. */
export function AttemptList({ runId, number, active }: AttemptListProps) {
  const query = useQuery({ ...attemptsQuery(runId, number), refetchInterval: active ? 1000 : false });
  return (
    <>
      <Title order={3} fz="sm" mt="sm" mb={4}>
        Attempts
      </Title>
      <QuerySection name="The attempts" query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" className="quiet">
              This batch is waiting for a worker.
            </Text>
          ) : (
            <Attempts attempts={items} />
          )
        }
      </QuerySection>
    </>
  );
}

/** When there are several attempts, a bar shows when each of them ran. */
function Attempts({ attempts }: { attempts: Attempt[] }) {
  const now = useNow(attempts.some(({ outcome }) => outcome === 'RUNNING'));
  const spans = attempts.length > 1 ? attemptSpans(attempts, now) : [];
  return (
    <ol className={classes.list} aria-label="Attempts">
      {attempts.map((attempt, index) => (
        <AttemptRow key={attempt.attempt} attempt={attempt} span={spans[index]} />
      ))}
    </ol>
  );
}

const outcomes: Record<Attempt['outcome'], { state: State; label?: string }> = {
  RUNNING: { state: 'RUNNING' },
  SUCCEEDED: { state: 'SUCCEEDED', label: 'Finished' },
  FAILED: { state: 'FAILED' },
  CANCELLED: { state: 'CANCELLED' },
  RELEASED: { state: 'QUEUED', label: 'Returned to queue' },
  INFRASTRUCTURE_FAILED: { state: 'QUEUED', label: 'Infrastructure error' },
  ENGINE_DIED: { state: 'FAILED', label: 'Engine crashed' },
  LEASE_EXPIRED: { state: 'QUEUED', label: 'Lease expired' },
};

function AttemptRow({ attempt, span }: { attempt: Attempt; span: Span | undefined }) {
  const { state, label } = outcomes[attempt.outcome];
  const took = durationOf(attempt);
  return (
    <li className="figures">
      <span className="quiet">{attempt.attempt}</span>
      <StateMark state={state}>{label}</StateMark>
      {attempt.outcome === 'SUCCEEDED' && (
        <span>
          {formatNumber(attempt.succeeded)} succeeded, {formatNumber(attempt.failed)} failed,{' '}
          {formatNumber(attempt.skipped)} skipped
        </span>
      )}
      {attempt.startedAt && (
        <span className="quiet">
          <Timestamp at={attempt.startedAt} />
        </span>
      )}
      {took !== undefined && <span className="quiet">{formatDuration(took)}</span>}
      {attempt.reason && <span className={classes.reason}>{attempt.reason}</span>}
      {span && <AttemptBar span={span} state={state} />}
    </li>
  );
}

/** Hidden from screen readers: the time and the duration beside it say the same. */
function AttemptBar({ span, state }: { span: Span; state: State }) {
  return (
    <span className={classes.time} aria-hidden="true">
      <span
        className={classes.bar}
        data-state={state}
        // A very short attempt is still visible, also at the end of the line.
        style={{ left: `min(${span.start * 100}%, 100% - 4px)`, width: `${span.length * 100}%` }}
      />
    </span>
  );
}

function durationOf({ startedAt, finishedAt }: Attempt): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined;
}
