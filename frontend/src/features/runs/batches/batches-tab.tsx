import { Grid, Stack } from '@mantine/core';
import { useNavigate, useSearchParams } from 'react-router';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { paths } from '@/lib/paths';
import { useRun } from '../use-run';
import { BatchDetail } from './batch-detail';
import { BatchTable } from './batch-table';
import { useBatches } from './use-batches';

export function BatchesTab() {
  const run = useRun();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const open = search.get('batch') === null ? undefined : Number(search.get('batch'));
  const { batches, error, loaded } = useBatches(run);

  if (error !== null && !loaded) {
    return <ProblemAlert error={error} />;
  }
  if (!loaded) {
    return <RowSkeleton />;
  }
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: open === undefined ? 12 : 6 }}>
        <BatchTable
          batches={batches}
          open={open}
          addressOf={(batch) => paths.runBatches(run.id, { batch })}
        />
      </Grid.Col>
      {open !== undefined && (
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="sm">
            <BatchDetail
              key={`${open} ${run.retries}`}
              runId={run.id}
              number={open}
              onClose={() => navigate(paths.runBatches(run.id), { preventScrollReset: true })}
            />
          </Stack>
        </Grid.Col>
      )}
    </Grid>
  );
}
