import { Anchor, Text } from '@mantine/core';
import type { RunRecord } from '@/api/types';
import { formatCount, formatDuration, formatNumber } from '@/lib/format';
import { estimate } from './trial';

/** Milliseconds. Below this, the batch size makes no difference. */
const worthSplitting = 200;

type TrialEstimateProps = {
  records: RunRecord[];
  total: number;
  batchSize: number;
  onBatchSize: (size: number) => void;
};

/** The estimated duration for the whole dataset. */
export function TrialEstimate({ records, total, batchSize, onBatchSize }: TrialEstimateProps) {
  const estimated = estimate(records, total);
  if (estimated === undefined) {
    return null;
  }
  return (
    <Text size="sm" className="quiet figures">
      All {formatCount(total, 'record')} need about {formatDuration(estimated.allMilliseconds)} of script
      time.
      {estimated.allMilliseconds > worthSplitting && estimated.batchSize !== batchSize && (
        <>
          {' '}
          <Anchor component="button" type="button" size="sm" onClick={() => onBatchSize(estimated.batchSize)}>
            Use a batch size of {formatNumber(estimated.batchSize)}
          </Anchor>
        </>
      )}
    </Text>
  );
}
