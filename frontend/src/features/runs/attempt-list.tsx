import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { problemText } from '@/api/problem-text';
import { attemptsQuery } from '@/api/runs';
import type { Attempt } from '@/api/types';
import { QuerySection } from '@/components/query-section';
import { StateMark } from '@/components/state-mark';
import { formatDuration, formatNumber } from '@/lib/format';
import type { State } from '@/lib/states';
import classes from './attempt-list.module.css';

type AttemptListProps = { runId: string; number: number; moving: boolean };

/** What became of every attempt at a batch, the newest last. */
export function AttemptList({ runId, number, moving }: AttemptListProps) {
  const query = useQuery({ ...attemptsQuery(runId, number), refetchInterval: moving ? 1000 : false });
  return (
    <>
      <Title order={3} fz="sm" mt="sm" mb={4}>
        Attempts
      </Title>
      <QuerySection name="The attempts" query={query} describe={problemText}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" className="quiet">
              No worker has taken this batch yet.
            </Text>
          ) : (
            <ol className={classes.list} aria-label="Attempts">
              {items.map((attempt) => (
                <AttemptRow key={attempt.attempt} attempt={attempt} />
              ))}
            </ol>
          )
        }
      </QuerySection>
    </>
  );
}

const outcomes: Record<Attempt['outcome'], { state: State; label?: string }> = {
  RUNNING: { state: 'RUNNING' },
  SUCCEEDED: { state: 'SUCCEEDED', label: 'Finished' },
  FAILED: { state: 'FAILED' },
  CANCELLED: { state: 'CANCELLED' },
  GIVEN_BACK: { state: 'QUEUED', label: 'Given back' },
  DISTURBED: { state: 'QUEUED', label: 'Disturbed' },
  ENGINE_DIED: { state: 'FAILED', label: 'Engine died' },
  LEASE_OVER: { state: 'QUEUED', label: 'Worker gone' },
};

function AttemptRow({ attempt }: { attempt: Attempt }) {
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
      {took !== undefined && <span className="quiet">{formatDuration(took)}</span>}
      {attempt.reason && <span className={classes.reason}>{attempt.reason}</span>}
    </li>
  );
}

function durationOf({ startedAt, finishedAt }: Attempt): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined;
}
