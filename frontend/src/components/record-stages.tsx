import { Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { formatDuration } from '@/lib/format';
import type { RecordFault, RecordStory } from '@/lib/record';
import { Difference } from './difference';
import { FaultReport } from './fault-report';
import { Icon } from './icon';
import classes from './record-stages.module.css';
import { ValueText } from './value-text';

type RecordStagesProps = {
  record: RecordStory;
  sourceOf?: (fault: RecordFault) => string | undefined;
};

/** A record from raw to its last stage: a chip per stage, the chosen one as what it changed. */
export function RecordStages({ record, sourceOf }: RecordStagesProps) {
  const [chosen, setChosen] = useState(record.stages.length);
  const place = Math.min(chosen, record.stages.length);
  const stage = record.stages[place - 1];
  const before = place >= 2 ? record.stages[place - 2]?.value : record.raw;

  return (
    <>
      {record.error && <FaultReport fault={record.error} source={sourceOf?.(record.error)} />}
      {record.skipped && (
        <Text size="sm" mb="sm">
          Skipped: <span dir="auto">{record.skipped}</span>
        </Text>
      )}
      <Group gap={4} mb={8} role="group" aria-label="Stages">
        <StageChip label="raw" chosen={place === 0} onChoose={() => setChosen(0)} />
        {record.stages.map((one, at) => (
          <Group gap={4} key={`${one.step} ${one.stage}`} wrap="nowrap">
            <Icon name="right" size={10} />
            <StageChip
              label={`${one.step} ${one.stage}`}
              duration={one.ms}
              chosen={place === at + 1}
              onChoose={() => setChosen(at + 1)}
            />
          </Group>
        ))}
      </Group>
      {stage === undefined || before === undefined ? (
        <ValueText value={record.raw} />
      ) : (
        <Difference key={place} before={before} after={stage.value} />
      )}
    </>
  );
}

type StageChipProps = { label: string; duration?: number; chosen: boolean; onChoose: () => void };

function StageChip({ label, duration, chosen, onChoose }: StageChipProps) {
  return (
    <UnstyledButton className={classes.chip} aria-pressed={chosen} onClick={onChoose}>
      <span dir="auto">{label}</span>
      {duration !== undefined && <span className={classes.duration}>{formatDuration(duration)}</span>}
    </UnstyledButton>
  );
}
