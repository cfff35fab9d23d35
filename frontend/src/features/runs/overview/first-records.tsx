import { Anchor, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { recordsQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { RecordGrid } from '../records/table/record-grid';
import { useWindowSize } from '../records/table/use-window-size';

const shownRecords = 8;

/** The first records of the run. */
export function FirstRecords({ run }: { run: Run }) {
  const limit = useWindowSize(run, shownRecords);
  const query = useQuery({
    ...recordsQuery(run.id, { offset: 0, limit: limit ?? 1 }, isFinal(run.status)),
    enabled: limit !== undefined,
  });
  return (
    <section aria-labelledby="first-records-heading">
      <Group justify="space-between" mb={6}>
        <Title order={2} fz="md" id="first-records-heading">
          First records
        </Title>
        <Anchor component={Link} to={paths.runRecords(run.id)} size="sm">
          All records
        </Anchor>
      </Group>
      <QuerySection
        name="The first records"
        query={query}
        loading={<RowSkeleton rows={Math.min(shownRecords, run.records.total) + 1} />}
      >
        {({ items }) => <RecordGrid runId={run.id} rows={items} />}
      </QuerySection>
    </section>
  );
}
