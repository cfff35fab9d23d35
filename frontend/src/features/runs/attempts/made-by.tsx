import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Run, RunRecord } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

/** Which attempt made the result of a record, with a link to its scripts; nothing for a run that was never retried. */
export function MadeBy({ run, record }: { run: Run; record: RunRecord }) {
  if (record.attempt == null) {
    return null;
  }
  return (
    <Text size="sm" mb="sm">
      Made by{' '}
      <Anchor component={Link} to={paths.runPipeline(run.id, { attempt: record.attempt })} underline="always">
        attempt {formatNumber(record.attempt)}
      </Anchor>{' '}
      of {formatNumber(run.retries + 1)}
    </Text>
  );
}
