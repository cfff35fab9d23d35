import { SegmentedControl, Text } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import type { RunRecord } from '@/api/types';
import { formatCount } from '@/lib/format';
import type { RecordError } from '@/lib/values/record';
import type { DraftAction } from '../draft/draft-reducer';
import { SampleActions } from './sample-actions';
import { type Sample, verdictsOf } from './samples';
import { TrialRecord } from './trial-record';
import { TrialTable } from './trial-table';
import type { FinishedTrial } from './use-trial';

type TrialResultsProps = {
  trial: FinishedTrial;
  /** The samples of the draft as they are now. */
  samples: Sample[];
  dispatch: Dispatch<DraftAction>;
  onOpenError: (error: RecordError) => void;
};

/** The records of a trial, one by one or as a table. Of equal failures only the first is open. */
export function TrialResults({ trial, samples, dispatch, onOpenError }: TrialResultsProps) {
  const [view, setView] = useState('records');
  const { records } = trial.result;
  const titleAt = (at: number) =>
    trial.samples === undefined ? `#${trial.indexes[at] ?? at}` : `Sample ${at + 1}`;
  return (
    <>
      {trial.samples !== undefined && <Verdicts samples={samples} records={records} />}
      {records.length > 1 && (
        <SegmentedControl
          aria-label="Results as"
          value={view}
          onChange={setView}
          data={[
            { value: 'records', label: 'Records' },
            { value: 'table', label: 'Table' },
          ]}
        />
      )}
      {view === 'table' && records.length > 1 ? (
        <TrialTable records={records} titleAt={titleAt} />
      ) : (
        records.map((record, at) => {
          const like = firstLike(records, at);
          return (
            <TrialRecord
              key={titleAt(at)}
              record={record}
              title={titleAt(at)}
              likeTitle={like === undefined ? undefined : titleAt(like)}
              startsOpen={at === 0}
              onOpenError={onOpenError}
              actions={
                <SampleActions
                  record={record}
                  tried={trial.samples?.[at] === undefined ? undefined : { sample: trial.samples[at], at }}
                  current={samples[at]}
                  dispatch={dispatch}
                />
              }
            />
          );
        })
      )}
    </>
  );
}

/** The first record that failed in the same way as another; undefined when it is the first itself. */
function firstLike(records: RunRecord[], at: number): number | undefined {
  const error = records[at]?.error;
  if (error == null) {
    return undefined;
  }
  const first = records.findIndex(
    (other) =>
      other.error?.type === error.type &&
      other.error.message === error.message &&
      other.error.step === error.step &&
      other.error.stage === error.stage &&
      other.error.line === error.line,
  );
  return first < at ? first : undefined;
}

function Verdicts({ samples, records }: { samples: Sample[]; records: RunRecord[] }) {
  const { expected, met } = verdictsOf(samples, records);
  if (expected === 0) {
    return null;
  }
  return (
    <Text
      size="sm"
      fw={500}
      role="status"
      c={met === expected ? 'var(--state-succeeded)' : 'var(--state-failed)'}
    >
      {met} of {formatCount(expected, 'sample')} as expected
    </Text>
  );
}
