import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { batchLogQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { useBatches } from '../../batches/use-batches';
import { linesOfRecord } from './log-lines';

/** The output of the scripts for one record. */
export function RecordLog({ run, index }: { run: Run; index: number }) {
  const { batches } = useBatches(run);
  const batch = batches.find((one) => index >= one.firstRecord && index < one.firstRecord + one.records);
  const query = useQuery({ ...batchLogQuery(run.id, batch?.number ?? 0), enabled: batch !== undefined });
  const lines = linesOfRecord(query.data ?? '', index);
  if (lines.length === 0) {
    return null;
  }
  return (
    <section>
      <Title order={3} fz="sm" mt="md" mb={4}>
        Log
      </Title>
      <Text
        component="pre"
        className="mono"
        m={0}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {lines.join('\n')}
      </Text>
    </section>
  );
}
