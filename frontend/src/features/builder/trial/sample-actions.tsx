import { Button, Group } from '@mantine/core';
import type { Dispatch } from 'react';
import type { RunRecord } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { stringifyExact } from '@/lib/values/exact-json';
import { lastValue } from '@/lib/values/record';
import type { DraftAction } from '../draft/draft-reducer';
import { type Sample, sampleOf, verdictOf } from './samples';

type SampleActionsProps = {
  record: RunRecord;
  /** The sample that was tried, with its place among those of the draft; undefined for a record of the dataset. */
  tried: { sample: Sample; at: number } | undefined;
  /** The sample as it is in the draft now. */
  current: Sample | undefined;
  dispatch: Dispatch<DraftAction>;
};

/** Pins a record that was tried as a sample, or sets what is expected of a sample. */
export function SampleActions({ record, tried, current, dispatch }: SampleActionsProps) {
  if (tried === undefined) {
    return (
      <Group gap="xs" mb={6}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => dispatch({ type: 'sample added', sample: sampleOf(record.raw) })}
        >
          Pin as sample
        </Button>
      </Group>
    );
  }
  const set = (sample: Sample) => dispatch({ type: 'sample changed', at: tried.at, sample });
  return (
    <Group gap="xs" mb={6}>
      <Judgement sample={current} record={record} />
      {current !== undefined && record.status === 'SUCCEEDED' && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => set({ ...current, expected: stringifyExact(lastValue(record), 2) })}
        >
          Expect this result
        </Button>
      )}
      {current?.expected !== undefined && (
        <Button size="compact-xs" variant="subtle" onClick={() => set({ record: current.record })}>
          Expect nothing
        </Button>
      )}
    </Group>
  );
}

function Judgement({ sample, record }: { sample: Sample | undefined; record: RunRecord }) {
  const verdict = verdictOf(sample, record);
  if (verdict === undefined) {
    return null;
  }
  return (
    <StateMark state={verdict === 'as expected' ? 'SUCCEEDED' : 'FAILED'}>
      {verdict === 'as expected' ? 'As expected' : 'Not as expected'}
    </StateMark>
  );
}
