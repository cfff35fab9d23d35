import { Anchor, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { runAttemptsQuery } from '@/api/runs';
import type { Run, RunAttempt } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { formatDuration, formatNumber, formatRate } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './run-attempts.module.css';

/** The attempts at a run that was retried, the newest first; the one on show is marked. */
export function RunAttempts({ run, shown }: { run: Run; shown: number }) {
  const query = useQuery(runAttemptsQuery(run.id, run.retries));
  return (
    <section aria-labelledby="attempts-heading">
      <Title order={2} fz="md" mb={4} id="attempts-heading">
        Attempts
      </Title>
      <QuerySection name="The attempts" query={query}>
        {({ items }) => (
          <>
            <Table.ScrollContainer minWidth={620} type="native">
              <Table className="figures" verticalSpacing={4}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Attempt</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Scripts</Table.Th>
                    <Table.Th>Submitted</Table.Th>
                    <Table.Th ta="right">Took</Table.Th>
                    <Table.Th ta="right">Speed</Table.Th>
                    <Table.Th ta="right">Succeeded</Table.Th>
                    <Table.Th ta="right">Failed</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((attempt) => (
                    <AttemptRow
                      key={attempt.number}
                      attempt={current(attempt, run)}
                      run={run}
                      isShown={attempt.number === shown}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            {items.length <= run.retries && items.length < mostListed && (
              <Text size="sm" className="quiet" mt={4}>
                Earlier attempts were not kept by the version of the service that ran them.
              </Text>
            )}
          </>
        )}
      </QuerySection>
    </section>
  );
}

/** The service lists so many. */
const mostListed = 1000;

type AttemptRowProps = { attempt: RunAttempt; run: Run; isShown: boolean };

function AttemptRow({ attempt, run, isShown }: AttemptRowProps) {
  return (
    <Table.Tr className={isShown ? classes.shown : undefined}>
      <Table.Td>
        <Anchor
          component={Link}
          to={paths.runPipeline(run.id, { attempt: attempt.number })}
          aria-current={isShown ? 'true' : undefined}
          aria-label={`Scripts of attempt ${attempt.number}`}
          underline="always"
          replace
          preventScrollReset
        >
          {formatNumber(attempt.number)}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <StateMark state={attempt.status} />
      </Table.Td>
      <Table.Td>{scriptsOf(attempt)}</Table.Td>
      <Table.Td>
        <Timestamp at={attempt.submittedAt} />
      </Table.Td>
      <Table.Td ta="right">{durationOf(attempt)}</Table.Td>
      <Table.Td ta="right">
        {attempt.recordsPerSecond == null ? '' : formatRate(attempt.recordsPerSecond)}
      </Table.Td>
      <Table.Td ta="right">{formatNumber(attempt.records.succeeded)}</Table.Td>
      <Table.Td ta="right">{formatNumber(attempt.records.failed)}</Table.Td>
    </Table.Tr>
  );
}

/** The newest attempt as the run shows it, which is followed while it runs. */
function current(attempt: RunAttempt, run: Run): RunAttempt {
  if (attempt.number !== run.retries + 1) {
    return attempt;
  }
  const { status, startedAt, finishedAt, recordsPerSecond, records } = run;
  return { ...attempt, status, startedAt, finishedAt, recordsPerSecond, records };
}

function scriptsOf({ number, hasOtherScripts }: RunAttempt): string {
  if (number === 1) {
    return 'As submitted';
  }
  return hasOtherScripts ? 'Corrected' : 'The same';
}

function durationOf({ startedAt, finishedAt }: RunAttempt): string {
  return startedAt == null || finishedAt == null
    ? ''
    : formatDuration(Date.parse(finishedAt) - Date.parse(startedAt));
}
