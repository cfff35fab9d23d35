import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ModelCall, Run } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

/** The record that a call was made for; of some calls nobody knows it, such as those of `setup`. */
export function CallRecordLink({ run, call }: { run: Run; call: ModelCall }) {
  if (call.record == null) {
    return (
      <Text
        span
        size="sm"
        className="quiet"
        title="Made in setup, or by a thread that serves several records"
      >
        no record
      </Text>
    );
  }
  return (
    <Anchor component={Link} to={paths.runRecord(run.id, call.record)} size="sm">
      record {formatNumber(call.record)}
    </Anchor>
  );
}
