import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failuresQuery } from '@/api/runs';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { formatCount } from '@/lib/format';
import { isFinal } from '@/lib/states';
import { useRun } from '../use-run';
import { FailureCard } from './failure-card';

/** Cards that say at once what their records have in common; each of them costs the service a moment. */
const askedAtOnce = 3;

export function FailuresTab() {
  const run = useRun();
  const query = useQuery(failuresQuery(run.id, isFinal(run.status)));
  return (
    <QuerySection name="The failures" query={query}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState title={isFinal(run.status) ? 'No records failed' : 'No records have failed so far'} />
        ) : (
          <Stack gap="sm">
            <Text size="sm" className="quiet figures">
              {formatCount(total, 'failed record')} in {formatCount(items.length, 'cause')}
            </Text>
            {items.map((group, at) => (
              <FailureCard key={group.id} run={run} group={group} asksAtOnce={at < askedAtOnce} />
            ))}
          </Stack>
        )
      }
    </QuerySection>
  );
}
