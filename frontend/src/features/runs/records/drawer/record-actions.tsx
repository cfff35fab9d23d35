import { Button, Group } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Link } from 'react-router';
import type { Run, RunRecord } from '@/api/types';
import { paths } from '@/lib/paths';
import { stringifyExact } from '@/lib/values/exact-json';
import { lastValue } from '@/lib/values/record';

const millisecondsShown = 2000;

/** What can be done with a record: copy it, edit and try it in the builder, correct the script that failed. */
export function RecordActions({ run, record }: { run: Run; record: RunRecord }) {
  const clipboard = useClipboard({ timeout: millisecondsShown });
  const { error } = record;
  const value = record.status === 'SUCCEEDED' ? lastValue(record) : record.raw;
  return (
    <Group gap={6} role="group" aria-label="Actions of the record">
      {error?.step != null && error.stage != null && (
        <Button
          component={Link}
          to={paths.fix(run.id, {
            script: `${error.step}/${error.stage}`,
            line: error.line ?? undefined,
            records: [record.index],
          })}
        >
          Correct the script
        </Button>
      )}
      <Button
        variant="default"
        component={Link}
        to={paths.editRecord(run.id, record.index)}
        title="Opens the pipeline of this run in the builder, with this record as a sample"
      >
        Edit and try
      </Button>
      <Button variant="default" onClick={() => clipboard.copy(stringifyExact(value, 2))}>
        {copyText(clipboard.copied, record.status)}
      </Button>
    </Group>
  );
}

function copyText(copied: boolean, status: RunRecord['status']): string {
  if (copied) {
    return 'Copied';
  }
  return status === 'SUCCEEDED' ? 'Copy the result' : 'Copy the record';
}
