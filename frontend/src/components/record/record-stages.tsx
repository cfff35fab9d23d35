import { Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { formatDuration } from '@/lib/format';
import {
  failedStageLabel,
  lastValue,
  type RecordError,
  type RecordHistory,
  stageLabels,
} from '@/lib/values/record';
import { Icon } from '../icon';
import { JsonTree } from '../json/json-tree';
import { StateShape } from '../state/state-mark';
import { Difference } from './difference';
import { ErrorReport } from './error-report';
import classes from './record-stages.module.css';

type RecordStagesProps = {
  record: RecordHistory;
  sourceOf?: (error: RecordError) => string | undefined;
  onOpenError?: (error: RecordError) => void;
};

/** A record from raw to its last stage: a button per stage shows what that stage changed. */
export function RecordStages({ record, sourceOf, onOpenError }: RecordStagesProps) {
  return (
    <>
      {record.error && (
        <ErrorReport error={record.error} source={sourceOf?.(record.error)} onOpen={onOpenError} />
      )}
      {record.skipped && (
        <Text size="sm" mb="sm">
          Skipped: <span dir="auto">{record.skipped}</span>
        </Text>
      )}
      {record.stages.length === 0 && failedStageLabel(record) === undefined ? (
        <JsonTree value={record.raw} label="Raw record" />
      ) : (
        <StageChanges record={record} />
      )}
    </>
  );
}

/** `all`, `raw`, the index of a completed stage, or `failed` for the stage that failed. */
type Choice = 'all' | 'raw' | 'failed' | number;

function StageChanges({ record }: { record: RecordHistory }) {
  const failed = failedStageLabel(record);
  // For a failed record, show the input of the stage that failed.
  const [choice, setChoice] = useState<Choice>(failed === undefined ? 'all' : 'failed');
  const labels = stageLabels(record);
  const stage = typeof choice === 'number' ? record.stages[choice] : undefined;
  const before = typeof choice === 'number' ? record.stages[choice - 1]?.value : undefined;

  return (
    <>
      <Group gap={4} mb={8} role="group" aria-label="Stages">
        {labels.length > 0 && (
          <>
            <StageChip label="All changes" chosen={choice === 'all'} onChoose={() => setChoice('all')} />
            <span className={classes.separator} />
          </>
        )}
        <StageChip label="raw" chosen={choice === 'raw'} onChoose={() => setChoice('raw')} />
        {record.stages.map((one, at) => (
          <Group gap={4} key={labels[at]} wrap="nowrap">
            <Icon name="right" size={10} />
            <StageChip
              label={labels[at] ?? ''}
              duration={one.ms}
              chosen={choice === at}
              onChoose={() => setChoice(at)}
            />
          </Group>
        ))}
        {failed !== undefined && (
          <Group gap={4} wrap="nowrap">
            <Icon name="right" size={10} />
            <StageChip
              label={failed}
              failed
              chosen={choice === 'failed'}
              onChoose={() => setChoice('failed')}
            />
          </Group>
        )}
      </Group>
      {choice === 'failed' && (
        <Text size="sm" className="quiet" mb={4}>
          Input of {failed}
        </Text>
      )}
      {choice === 'raw' || choice === 'failed' ? (
        <JsonTree
          key={choice}
          value={choice === 'raw' ? record.raw : lastValue(record)}
          label={choice === 'raw' ? 'Raw record' : `Input of ${failed}`}
        />
      ) : (
        <Difference key={choice} before={before ?? record.raw} after={stage?.value ?? lastValue(record)} />
      )}
    </>
  );
}

type StageChipProps = {
  label: string;
  duration?: number;
  failed?: boolean;
  chosen: boolean;
  onChoose: () => void;
};

function StageChip({ label, duration, failed = false, chosen, onChoose }: StageChipProps) {
  return (
    <UnstyledButton className={classes.chip} aria-pressed={chosen} onClick={onChoose}>
      {failed && <StateShape state="FAILED" />}
      <span className="cut" dir="auto">
        {label}
      </span>
      {duration !== undefined && <span className={classes.duration}>{formatDuration(duration)}</span>}
    </UnstyledButton>
  );
}
