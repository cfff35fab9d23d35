import { Button, Progress, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatNumber, percentOf } from '@/lib/format';
import { ComparedRecord } from './compared-record';
import { ComparedSums } from './compared-sums';
import { type Verdict, verdictLabels, verdicts } from './comparison';
import { useComparison } from './use-comparison';

const recordsPerPage = 10;

/** The records that differ between two runs, by kind of difference. */
export function ComparedRecords({ first, second }: { first: Run; second: Run }) {
  const [field, setField] = useState<string>();
  const { comparison: whole } = useComparison(first, second);
  const { comparison, reading, error, refetch } = useComparison(first, second, field);
  const [chosen, setChosen] = useState<Verdict>();
  const [shown, setShown] = useState(recordsPerPage);
  const differing = verdicts.filter((verdict) => comparison[verdict].records > 0);
  const verdict = chosen ?? differing[0];
  const indexes = verdict === undefined ? [] : comparison[verdict].indexes;

  return (
    <>
      {error !== null && <ProblemAlert error={error} onRetry={refetch} />}
      {reading && (
        <Progress value={percentOf(comparison.compared, first.records.total)} aria-label="Records compared" />
      )}
      <Text size="sm" className="figures">
        {comparison.compared === 0
          ? reading && 'Comparing…'
          : `${formatNumber(comparison.same)} of ${formatNumber(comparison.compared)} records have the same result.`}
      </Text>
      {whole.compared > 0 && (
        <ComparedSums
          sums={whole}
          field={field}
          onField={(wanted) => {
            setField(wanted);
            setChosen(wanted === undefined ? undefined : 'changed');
            setShown(recordsPerPage);
          }}
        />
      )}
      {differing.length > 0 && (
        <div className="sideways">
          <SegmentedControl
            aria-label="Kind of difference"
            value={verdict ?? ''}
            onChange={(value) => {
              setChosen(value as Verdict);
              setShown(recordsPerPage);
            }}
            data={differing.map((one) => ({
              value: one,
              label: `${verdictLabels[one]} ${formatNumber(comparison[one].records)}`,
            }))}
          />
        </div>
      )}
      {!reading && error === null && differing.length === 0 && (
        <EmptyState title="All records have the same result in both runs" />
      )}
      {indexes.slice(0, shown).map((index) => (
        <ComparedRecord key={index} first={first} second={second} index={index} />
      ))}
      {shown < indexes.length && (
        <Button variant="default" onClick={() => setShown(shown + recordsPerPage)}>
          Show more
        </Button>
      )}
    </>
  );
}
