import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { Run } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { SectionBoundary } from '@/components/feedback/section-boundary';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import type { State } from '@/lib/states';
import { BatchGrid, BatchGridOutline, FailuresSwatch } from '../batches/batch-grid';
import { maxBatchesShown, useBatches } from '../batches/use-batches';
import { useRun } from '../use-run';
import { FirstRecords } from './first-records';
import { RateChart } from './rate-chart';
import { RunFacts } from './run-facts';
import { TopCauses } from './top-causes';

export function OverviewTab() {
  const run = useRun();
  return (
    <Stack gap="md">
      <SectionBoundary name="The batches">
        <BatchSection run={run} />
      </SectionBoundary>
      <SimpleGrid cols={{ base: 1, md: run.records.failed > 0 ? 2 : 1 }} spacing="xl" verticalSpacing="md">
        {run.records.failed > 0 && <TopCauses run={run} />}
        <SectionBoundary name="The throughput">
          <RateChart run={run} />
        </SectionBoundary>
      </SimpleGrid>
      <SectionBoundary name="The first records">
        <FirstRecords run={run} />
      </SectionBoundary>
      <RunFacts run={run} />
    </Stack>
  );
}

function BatchSection({ run }: { run: Run }) {
  const navigate = useNavigate();
  const { batches, error, loaded } = useBatches(run);
  return (
    <section aria-labelledby="batches-heading">
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="md" id="batches-heading">
          Batches
        </Title>
        <BatchCountLine run={run} withFailures={batches.filter((batch) => batch.failed > 0).length} />
      </Group>
      {error !== null && <ProblemAlert error={error} />}
      {!loaded && error === null && <BatchGridOutline total={Math.min(run.batches.total, maxBatchesShown)} />}
      {loaded && run.batches.total > maxBatchesShown && (
        <Text size="xs" className="quiet">
          The first {formatNumber(maxBatchesShown)} of {formatNumber(run.batches.total)} batches are shown.
        </Text>
      )}
      {loaded && (
        <BatchGrid
          batches={batches}
          onOpen={(number) => navigate(paths.runBatches(run.id, { batch: number }))}
        />
      )}
    </section>
  );
}

function BatchCountLine({ run, withFailures }: { run: Run; withFailures: number }) {
  const { batches } = run;
  const counts: { state: State; count: number }[] = [
    { state: 'RUNNING', count: batches.running },
    { state: 'QUEUED', count: batches.queued },
    { state: 'SUCCEEDED', count: batches.succeeded },
    { state: 'FAILED', count: batches.failed },
    { state: 'CANCELLED', count: batches.cancelled },
  ];
  return (
    <Group gap="md" fz="sm" className="figures">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <StateMark key={state} state={state}>
            {formatNumber(count)} {state.toLowerCase()}
          </StateMark>
        ))}
      {withFailures > 0 && (
        <Group gap={6} wrap="nowrap">
          <FailuresSwatch />
          {formatNumber(withFailures)} with failed records
        </Group>
      )}
    </Group>
  );
}
