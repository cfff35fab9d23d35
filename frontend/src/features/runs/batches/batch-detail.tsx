import { ActionIcon, Alert, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { batchLogQuery, batchQuery } from '@/api/runs';
import type { Batch } from '@/api/types';
import { LogText } from '@/components/code/log-text';
import { QuerySection } from '@/components/feedback/query-section';
import { Icon } from '@/components/icon';
import { StateMark } from '@/components/state/state-mark';
import { formatDuration, formatNumber } from '@/lib/format';
import { isFinal } from '@/lib/states';
import { BatchCalls } from '../model-calls/calls/batch-calls';
import { useRun } from '../use-run';
import { AttemptList } from './attempt-list';
import classes from './batch-detail.module.css';

type BatchDetailProps = { runId: string; number: number; onClose: () => void };

export function BatchDetail({ runId, number, onClose }: BatchDetailProps) {
  const run = useRun();
  const batch = useQuery(batchQuery(runId, number));
  const active = batch.data !== undefined && !isFinal(batch.data.status);
  const log = useQuery({ ...batchLogQuery(runId, number), refetchInterval: active ? 1000 : false });
  return (
    <section className={`panel ${classes.detail}`} aria-label={`Batch ${number}`}>
      <Group justify="space-between">
        <Title order={2} fz="md">
          Batch {formatNumber(number)}
        </Title>
        <ActionIcon aria-label="Close the batch" onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </Group>
      <QuerySection name="The batch" query={batch}>
        {(data) => <BatchFacts batch={data} />}
      </QuerySection>
      {run.llm != null && <BatchCalls runId={runId} batch={number} active={active} />}
      <AttemptList runId={runId} number={number} active={active} />
      <Title order={3} fz="sm" mt="sm" mb={4}>
        Log
      </Title>
      <QuerySection name="The log" query={log}>
        {(text) => <LogText text={text} />}
      </QuerySection>
    </section>
  );
}

function BatchFacts({ batch }: { batch: Batch }) {
  return (
    <>
      <Group gap="md" my={6} fz="sm" className="figures">
        <StateMark state={batch.status} />
        <span>
          Records {formatNumber(batch.firstRecord)} to {formatNumber(batch.firstRecord + batch.records - 1)}
        </span>
        {batch.durationMs != null && <span>Duration {formatDuration(batch.durationMs)}</span>}
      </Group>
      {batch.error && (
        <Alert color="red" title={batch.error.code} py={6}>
          {batch.error.message}
        </Alert>
      )}
    </>
  );
}
