import { Group, Text, Title } from '@mantine/core';
import type { Run } from '@/api/types';
import { Sparkline } from '@/components/sparkline';
import { formatNumber } from '@/lib/format';
import { failuresOverInput } from './failures-over-input';
import { useBatches } from './use-batches';

const mostBars = 120;

/** Where in the input the failed records are: all over it, or all from one place on. */
export function FailureSpread({ run }: { run: Run }) {
  const { batches } = useBatches(run);
  const bars = failuresOverInput(batches, mostBars);
  if (bars.length < 2) {
    return null;
  }
  return (
    <section aria-labelledby="spread-heading">
      <Title order={2} fz="md" mb={6} id="spread-heading">
        Where in the input
      </Title>
      <Sparkline
        tone="failed"
        values={bars}
        label={`Failed records in the order of the input, at most ${formatNumber(Math.max(...bars))} in one of ${bars.length} parts`}
      />
      <Group justify="space-between" maw={720} fz="xs" className="quiet figures">
        <Text span size="xs">
          record 0
        </Text>
        <Text span size="xs">
          record {formatNumber(run.records.total - 1)}
        </Text>
      </Group>
    </section>
  );
}
