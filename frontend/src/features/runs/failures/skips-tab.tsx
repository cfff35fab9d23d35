import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMorePages } from '@/api/paged-list';
import { skipsQuery } from '@/api/record-groups';
import { EmptyState } from '@/components/feedback/empty-state';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { formatCount, formatNumber } from '@/lib/format';
import { isFinal } from '@/lib/states';
import { useRun } from '../use-run';
import { SkipCard } from './skip-card';
import { merged } from './skip-groups';

/** Cards that say at once what their records have in common; each of them costs the service a moment. */
const askedAtOnce = 3;

/** The skipped records, grouped by reason. */
export function SkipsTab() {
  const run = useRun();
  const query = useInfiniteQuery(skipsQuery(run.id, isFinal(run.status)));
  useMorePages(query, true);
  if (query.data === undefined) {
    return query.error === null ? (
      <RowSkeleton rows={6} />
    ) : (
      <ProblemAlert error={query.error} onRetry={() => query.refetch()} />
    );
  }
  const { items, total } = merged(query.data.pages);
  const counted = items.reduce((sum, { count }) => sum + count, 0);
  if (items.length === 0 && !query.hasNextPage) {
    return (
      <EmptyState
        title={isFinal(run.status) ? 'No records were skipped' : 'No records have been skipped so far'}
      />
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm" className="quiet figures" role="status">
        {formatCount(total, 'skipped record')} for {formatCount(items.length, 'reason')}
        {counted < total && `, and ${formatNumber(total - counted)} for further ones`}
        {query.hasNextPage && ', still counting'}
      </Text>
      {query.error !== null && <ProblemAlert error={query.error} onRetry={() => query.refetch()} />}
      {items.map((group, at) => (
        <SkipCard key={group.id} run={run} group={group} total={total} asksAtOnce={at < askedAtOnce} />
      ))}
    </Stack>
  );
}
