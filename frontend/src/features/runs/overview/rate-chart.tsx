import { Skeleton, Text, Title } from '@mantine/core';
import type { Run } from '@/api/types';
import { Sparkline } from '@/components/state/sparkline';
import { formatRate } from '@/lib/format';
import { isFinal } from '@/lib/states';
import { useBatches } from '../batches/use-batches';
import { recordsPerSecondOverTime } from './throughput';

const bars = 60;
const heightWithWords = 85;

/** Records per second during the run, computed from the end of each batch. */
export function RateChart({ run }: { run: Run }) {
  const { batches, loaded, error } = useBatches(run);
  const rates = recordsPerSecondOverTime(batches, bars);
  if (!loaded && error === null && run.batches.total > 1) {
    return <Skeleton height={heightWithWords} />;
  }
  if (rates.length < 2) {
    return null;
  }
  const best = Math.max(...rates);
  return (
    <section aria-labelledby="rate-heading">
      <Title order={2} fz="md" mb={6} id="rate-heading">
        Throughput
      </Title>
      <Sparkline
        values={rates}
        label={`Records per second from start to ${isFinal(run.status) ? 'end' : 'now'}, peak ${formatRate(best)}`}
      />
      <Text size="xs" className="quiet figures">
        Peak {formatRate(best)}
      </Text>
    </section>
  );
}
